using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// What sweeps are called by: a scenario with the options that change it, or the folder of a sweep that was begun.
/// </summary>
internal sealed class SweepOptions
{
    private readonly Argument<string> sweep = new("sweep")
    {
        Description = "A scenario with \"sweep\" in it, or the folder of a sweep that was begun.",
    };

    private readonly Option<string> runtime = new("--runtime")
    {
        Description = "sim: simulate a scenario that says tcp. Sweeps are always simulated.",
        HelpName = "sim",
    };

    private readonly Option<string> randomSeed = new("--random-seed")
    {
        Description = "The number from which all randomness derives: that of the first repeat.",
        HelpName = "N",
    };

    private readonly Option<string[]> set = ScenarioOptions.CreateSet();

    private readonly Option<string> output = new("--output")
    {
        Description = "The sweep's own folder. Default: results/sweep_<name>_s<random seed>.",
        HelpName = "DIR",
    };

    public SweepOptions AddTo(Command command)
    {
        command.Add(sweep);
        command.Add(runtime);
        command.Add(randomSeed);
        command.Add(set);
        command.Add(output);
        return this;
    }

    /// <summary>The plan, and the full path of its folder.</summary>
    public (SweepPlan Plan, string Directory) Load(ParseResult parsed, ScenarioLibrary library)
    {
        string named = parsed.GetValue(sweep)!;
        string path = library.FromCurrentDirectory(named);
        if (PlanFile.Is(path))
        {
            Option[] meaningless = [runtime, randomSeed, set, output];
            foreach (Option option in meaningless.Where(option => parsed.GetResult(option) is { Implicit: false }))
                throw new UsageException($"{option.Name}: {named} is a sweep that was begun, and goes on as it is");
            return (PlanFile.Read(path), path);
        }

        if (Directory.Exists(path))
            throw new UsageException($"{named}: there is no {PlanFile.FileName} in this folder");
        IReadOnlyList<Setting> settings = Settings(parsed);
        LoadedScenario Again(IReadOnlyList<Setting> more) =>
            new ScenarioLoader(library).Load(named, [.. settings, .. more]);
        LoadedScenario loaded = Again([]);
        SweepPlan plan = SweepPlan.Of(loaded, Again);
        string folder = parsed.GetValue(output) ?? Path.Combine("results", $"sweep_{plan.Name}_s{plan.RandomSeed}");
        return (plan, library.FromCurrentDirectory(folder));
    }

    /// <summary>A folder that a command only looks at.</summary>
    public static Argument<string> Folder() => new("folder") { Description = "The folder of a sweep." };

    private List<Setting> Settings(ParseResult parsed)
    {
        List<Setting> settings = [.. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
        if (parsed.GetValue(runtime) is { } chosen)
            settings.Add(Setting.Of($"{runtime.Name} {chosen}", "runtime", chosen));
        if (parsed.GetValue(randomSeed) is { } number)
            settings.Add(Setting.Of($"{randomSeed.Name} {number}", "randomSeed", number));
        return settings;
    }
}
