using System.Text;
using System.Text.Json;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// From a scenario argument to a complete scenario: find, read, lay over what it extends, set options, check, fill in
/// defaults. Every mistake becomes a <see cref="ScenarioException"/>.
/// </summary>
/// <param name="loadsAssemblies">
/// Whether an assembly that a scenario names is loaded, which runs its code. Without it the protocol's name, parameters
/// and metrics stay unchecked, and the scenario cannot run.
/// </param>
internal sealed class ScenarioLoader(ScenarioLibrary library, bool loadsAssemblies = true)
{
    private const string ExtendsKey = "extends";
    private const string ProtocolKey = "protocol";

    /// <summary>A scenario of 100,000 latency samples is below 2 MB.</summary>
    private const int LargestFile = 4 * 1024 * 1024;

    private const int LongestChain = 8;

    /// <summary>Full paths by the names that origins carry.</summary>
    private readonly Dictionary<string, string> filesByName = [];

    public LoadedScenario Load(string argument, IReadOnlyList<Setting> settings)
    {
        string file = library.Find(argument);
        return Complete(
            ReadChain(file, chain: []), file, settings, () => ReadText(file, new Origin(library.DisplayName(file))));
    }

    /// <summary>No file at all: defaults, and what options change.</summary>
    /// <param name="name">Of the scenario, and in messages.</param>
    public LoadedScenario LoadDefaults(string name, IReadOnlyList<Setting> settings) =>
        Complete(SourceReader.ReadFile("{}"u8, name), name, settings, () => "{}\n");

    /// <summary>A whole scenario that another file holds; it reads no files itself.</summary>
    /// <param name="name">Of the other file, in messages.</param>
    public LoadedScenario LoadText(byte[] text, string name) =>
        Complete(SourceReader.ReadFile(text, name), name, settings: [], () => Encoding.UTF8.GetString(text));

    private LoadedScenario Complete(
        SourceObject tree, string file, IReadOnlyList<Setting> settings, Func<string> sourceText)
    {
        foreach (Setting setting in settings)
            tree = setting.Over(tree);
        if (tree.Find(ExtendsKey) is { Value: SourceScalar { Kind: JsonValueKind.String } } late)
            throw new ScenarioException(late.KeyOrigin, ExtendsKey, "only a file can extend another");
        if (tree.Find(ProtocolKey) is null)
            tree = TimingDefaults.Under(tree);

        ThrowIfAny(ContractChecker.Check(tree));
        Scenario scenario = DerivedDefaults.Complete(ScenarioJson.Read(tree), tree, file);
        if (scenario.Protocol is { } choice && (loadsAssemblies || choice.Assembly is null))
            scenario = scenario with { Protocol = ProtocolChoiceReader.Read(choice, tree, FullPath) };
        scenario = WithFilesRead(scenario, tree);
        ThrowIfAny(ScenarioRules.Check(scenario, tree));
        return new LoadedScenario
        {
            Scenario = scenario,
            SourceFile = file,
            DisplayName = library.DisplayName(file),
            IsShipped = library.IsShipped(file),
            SourceText = sourceText(),
        };
    }

    private static void ThrowIfAny(IReadOnlyList<ScenarioProblem> problems)
    {
        if (problems.Count > 0)
            throw new ScenarioException(problems);
    }

    /// <summary>The file laid over all that it extends.</summary>
    private SourceObject ReadChain(string file, IReadOnlyList<string> chain)
    {
        string name = library.DisplayName(file);
        filesByName[name] = file;
        SourceObject tree = SourceReader.ReadFile(ReadBytes(file, new Origin(name)), name);
        if (tree.Find(ExtendsKey)?.Value is not SourceScalar { Kind: JsonValueKind.String } extended)
            return tree;

        string below = library.FindBase(extended.Text, file, extended.Origin);
        IReadOnlyList<string> chainHere = [.. chain, file];
        if (chainHere.Contains(below))
        {
            string circle = string.Join(" -> ", chainHere.Append(below).Select(library.DisplayName));
            throw new ScenarioException(
                extended.Origin, ExtendsKey, $"the files extend each other in a circle: {circle}");
        }

        if (chainHere.Count >= LongestChain)
        {
            throw new ScenarioException(
                extended.Origin, ExtendsKey, $"allowed is a chain of at most {LongestChain} files");
        }

        return tree.Without(ExtendsKey).Over(ReadChain(below, chainHere));
    }

    private static byte[] ReadBytes(string file, Origin origin)
    {
        try
        {
            long length = new FileInfo(file).Length;
            if (length > LargestFile)
                throw new ScenarioException(origin, $"the file has {length} bytes, allowed are {LargestFile}");
            // What is no plain file says 0.
            return LimitedFile.Read(file, LargestFile)
                ?? throw new ScenarioException(origin, $"the file has no end, allowed are {LargestFile} bytes");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(origin, $"cannot be read: {unreadable.Message}");
        }
    }

    private static string ReadText(string file, Origin origin) =>
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetString(ReadBytes(file, origin));

    /// <summary>Paths are seen from the file that says them; those in options from the current directory.</summary>
    private string FullPath(string written, Origin origin) => filesByName.TryGetValue(origin.Source, out string? file)
        ? Path.GetFullPath(written, Path.GetDirectoryName(file)!)
        : library.FromCurrentDirectory(written);

    /// <summary>What other files hold moves into the scenario, which then stands for itself.</summary>
    private Scenario WithFilesRead(Scenario scenario, SourceObject tree)
    {
        if (scenario.Network.Latency is { FileToRead: { } latencies } latency)
        {
            (string text, string name) = ReadBeside(latencies, "network.latency.file", tree);
            scenario = scenario with { Network = scenario.Network with { Latency = latency.Read(text, name) } };
        }

        if (scenario.Overlay is { Rule: OverlayRuleName.FromFile, FileToRead: { } links } overlay)
        {
            (string path, Origin name) = FindBeside(links, "overlay.file", tree);
            IReadOnlyList<IReadOnlyList<int>> read = OverlayFile.Read(path, name.Source, scenario.Peers.Count);
            scenario = scenario with { Overlay = overlay with { Links = read, File = null } };
        }

        if (scenario.Churn is { FileToRead: { } trace } churn)
        {
            (string text, string name) = ReadBeside(trace, "churn.file", tree);
            scenario = scenario with { Churn = churn.Read(text, name) };
        }

        return scenario;
    }

    private (string Text, string Name) ReadBeside(string wanted, string path, SourceObject tree)
    {
        (string full, Origin name) = FindBeside(wanted, path, tree);
        return (ReadText(full, name).TrimStart('\uFEFF'), name.Source);
    }

    private (string FullPath, Origin Name) FindBeside(string wanted, string path, SourceObject tree)
    {
        Origin origin = SourcePath.OriginOf(tree, path);
        string full = FullPath(wanted, origin);
        if (!File.Exists(full))
            throw new ScenarioException(origin, path, $"no file \"{wanted}\" (looked for {library.DisplayName(full)})");

        return (full, new Origin(library.DisplayName(full)));
    }
}
