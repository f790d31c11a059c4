using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>The scenario argument and the options that change it, for all commands that take one.</summary>
/// <param name="what">What the argument may be, where it may be something else as well.</param>
/// <param name="isOptional">Whether the command can do without one.</param>
internal sealed class ScenarioOptions(string? what = null, bool isOptional = false)
{
    private readonly Argument<string> scenario = new("scenario")
    {
        Description = what ?? "A scenario file, or the name of a shipped scenario; \".json\" may be left out.",
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    private readonly Option<string> runtime = new("--runtime")
    {
        Description = "Where nodes live, whatever the file says: the simulator or real TCP.",
        HelpName = "sim|tcp",
    };

    private readonly Option<string> randomSeed = new("--random-seed")
    {
        Description = "The number from which all randomness derives.",
        HelpName = "N",
    };

    private readonly Option<string[]> set = CreateSet();

    public static Option<string[]> CreateSet() => new("--set")
    {
        Description = "Set one value of the scenario; may be given several times.",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>For commands that always simulate, the runtime is no choice.</summary>
    public ScenarioOptions AddTo(Command command, bool canChooseRuntime)
    {
        command.Add(scenario);
        if (canChooseRuntime)
            command.Add(runtime);
        command.Add(randomSeed);
        command.Add(set);
        return this;
    }

    public bool IsNamed(ParseResult parsed) => parsed.GetValue(scenario) is not null;

    public string Named(ParseResult parsed) => parsed.GetValue(scenario)!;

    /// <summary>The options that change the scenario, of those that were typed.</summary>
    public IEnumerable<Option> Typed(ParseResult parsed) =>
        new Option[] { runtime, randomSeed, set }.Where(option => parsed.GetResult(option) is { Implicit: false });

    /// <param name="more">After those that were typed.</param>
    public LoadedScenario Load(ParseResult parsed, ScenarioLibrary library, params IReadOnlyList<Setting> more) =>
        Load(Named(parsed), parsed, library, more);

    /// <param name="named">Instead of the one that was typed.</param>
    public LoadedScenario Load(
        string named, ParseResult parsed, ScenarioLibrary library, params IReadOnlyList<Setting> more)
    {
        List<Setting> settings = [.. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
        AddOption(settings, parsed, runtime, "runtime");
        AddOption(settings, parsed, randomSeed, "randomSeed");
        return new ScenarioLoader(library).Load(named, [.. settings, .. more]);
    }

    private static void AddOption(List<Setting> settings, ParseResult parsed, Option<string> option, string path)
    {
        if (parsed.GetResult(option) is not null && parsed.GetValue(option) is { } value)
            settings.Add(Setting.Of($"{option.Name} {value}", path, value));
    }
}
