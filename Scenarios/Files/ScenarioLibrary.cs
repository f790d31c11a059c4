namespace GossipSim.Scenarios.Files;

/// <summary>
/// Finds scenario files: as given, seen from the current directory, then among those shipped beside the program; with
/// or without ".json".
/// </summary>
internal sealed class ScenarioLibrary(string currentDirectory, string shippedDirectory)
{
    private const string Extension = ".json";

    /// <summary>The library that a user of the built program has.</summary>
    public static ScenarioLibrary OfProgram() =>
        new(Environment.CurrentDirectory, Path.Combine(AppContext.BaseDirectory, "scenarios"));

    private const string ProfilesFolder = "profiles";

    /// <summary>Full paths of what ships, by name.</summary>
    public IReadOnlyList<string> Shipped => FilesIn(shippedDirectory);

    /// <summary>Full paths of what ships to be extended, by name.</summary>
    public IReadOnlyList<string> Profiles => FilesIn(Path.Combine(shippedDirectory, ProfilesFolder));

    /// <summary>What an <c>extends</c> says to mean one of <see cref="Profiles"/>.</summary>
    public static string ExtendsNameOf(string profile) => $"{ProfilesFolder}/{Path.GetFileName(profile)}";

    /// <summary>The full path that a scenario argument means.</summary>
    public string Find(string argument) =>
        Find(argument, [currentDirectory, shippedDirectory], new Origin("gossipsim"));

    /// <summary>The full path that an <c>extends</c> means: beside the extending file, or shipped.</summary>
    public string FindBase(string name, string extendingFile, Origin origin) =>
        Find(name, [Path.GetDirectoryName(extendingFile)!, shippedDirectory], origin);

    public bool IsShipped(string file) =>
        Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(shippedDirectory));

    /// <summary>What messages call a file: short when it lies below the current directory.</summary>
    public string DisplayName(string file)
    {
        string relative = Path.GetRelativePath(currentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    /// <summary>A path in an option, which is seen from the current directory.</summary>
    public string FromCurrentDirectory(string path) => Path.GetFullPath(path, currentDirectory);

    private static IReadOnlyList<string> FilesIn(string directory) => Directory.Exists(directory)
        ? [.. Directory.GetFiles(directory, "*" + Extension).Order(StringComparer.Ordinal)]
        : [];

    private string Find(string name, IReadOnlyList<string> directories, Origin origin)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new ScenarioException(origin, "the name of a scenario cannot be empty");

        List<string> candidates = [];
        foreach (string directory in directories)
        {
            string path = Path.GetFullPath(name, Path.GetFullPath(directory));
            candidates.Add(path);
            if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                candidates.Add(path + Extension);
        }

        return candidates.FirstOrDefault(File.Exists)
            ?? throw new ScenarioException(
                origin,
                candidates.Exists(Directory.Exists)
                    ? $"\"{name}\" is a folder, allowed is the file of a scenario"
                    : Missing(name, candidates.Distinct()));
    }

    private string Missing(string name, IEnumerable<string> looked)
    {
        List<string> names = [.. Shipped.Select(file => Path.GetFileNameWithoutExtension(file))];
        string guess = Suggestion.DidYouMean(Path.GetFileNameWithoutExtension(name), names);
        return $"no scenario \"{name}\"{guess} (looked for {string.Join(", ", looked.Select(DisplayName))};"
            + $" shipped: {string.Join(", ", names)})";
    }
}
