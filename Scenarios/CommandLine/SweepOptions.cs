using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// What sweeps are called by: a scenario with the options that change it, or the folder of a sweep that was begun.
/// </summary>
internal sealed class SweepOptions
{
    private readonly ScenarioOptions scenario =
        new("A scenario with \"sweep\" in it, or the folder of a sweep that was begun.");

    private readonly Option<string> output = new("--output")
    {
        Description = "The sweep's own folder. Default: results/sweep_<name>_s<random seed>.",
        HelpName = "DIR",
    };

    public SweepOptions AddTo(Command command)
    {
        scenario.AddTo(command, canChooseRuntime: true);
        command.Add(output);
        return this;
    }

    /// <summary>The plan, and the full path of its folder.</summary>
    public (SweepPlan Plan, string Directory) Load(ParseResult parsed, ScenarioLibrary library)
    {
        string named = scenario.Named(parsed);
        string path = library.FromCurrentDirectory(named);
        if (PlanFile.Is(path))
        {
            IEnumerable<Option> typed = scenario.Typed(parsed);
            if (parsed.GetResult(output) is { Implicit: false })
                typed = typed.Append(output);
            if (typed.FirstOrDefault() is { } option)
                throw new UsageException($"{option.Name}: {named} is a sweep that was begun, and goes on as it is");
            return (PlanFile.Read(path), path);
        }

        if (Directory.Exists(path))
            throw new UsageException($"{named}: there is no {PlanFile.FileName} in this folder");
        SweepPlan plan = SweepPlan.Of(
            scenario.Load(parsed, library), more => scenario.Load(parsed, library, more));
        string folder = parsed.GetValue(output) ?? Path.Combine("results", $"sweep_{plan.Name}_s{plan.RandomSeed}");
        return (plan, library.FromCurrentDirectory(folder));
    }

    /// <summary>A folder that a command only looks at.</summary>
    public static Argument<string> Folder() => new("folder") { Description = "The folder of a sweep." };
}
