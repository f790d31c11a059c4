using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>sweep</c>: a scenario over many values of its parameters, here or on a cluster.</summary>
internal static class SweepCommand
{
    public const string Name = "sweep";

    public const string StatusName = "status";

    public const string MergeName = "merge";

    /// <summary>More would only wait for each other.</summary>
    private const int MostSideBySide = 1024;

    public static Command Create(SweepHandler sweep, Terminal terminal, ScenarioLibrary library)
    {
        var command = new Command(
            Name, "Run a scenario over a grid or Latin hypercube of its \"sweep\"; said again, it goes on.")
        {
            Status(terminal, library), Merge(terminal, library), SubmitCommand.Create(terminal, library),
            ManifestCommand.Create(terminal, library),
        };
        SweepOptions options = new SweepOptions().AddTo(command);
        var shard = new Option<string>("--shard")
        {
            Description = "Do the tasks k with k mod n = i only; merge puts the shards together.",
            HelpName = "i/n",
        };
        var parallel = new Option<int?>("--parallel")
        {
            Description = "Runs at the same time. Default: one for each core, as far as the memory holds them.",
            HelpName = "N",
        };
        Option<bool> strict = Strict();
        Option<bool> json = JsonOption.Create("Print the summary as JSON on stdout, and all else on stderr.");
        command.Add(strict);
        command.Add(shard);
        command.Add(parallel);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            Shard part = parsed.GetValue(shard) is { } text ? Shard.Parse(shard.Name, text) : Shard.Whole;
            int? sideBySide = parsed.GetValue(parallel) is { } number
                ? InRange(parallel.Name, number, MostSideBySide)
                : null;
            (SweepPlan plan, string directory) = options.Load(parsed, library);
            var request = new SweepRequest
            {
                Plan = plan,
                Directory = directory,
                Shard = part,
                SideBySide = sideBySide,
                Strict = parsed.GetValue(strict),
                Json = parsed.GetValue(json),
            };
            return (int)await sweep(request, terminal, cancel);
        });
        return command;
    }

    internal static int InRange(string option, int found, int most) => found >= 1 && found <= most
        ? found
        : throw new UsageException($"{option}: found {found}, allowed is a whole number from 1 to {most}");

    private static Option<bool> Strict() => new("--strict")
    {
        Description = "Exit 1 on a warning of a run, such as a fault that struck nobody.",
    };

    private static Command Status(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> folder = SweepOptions.Folder();
        Option<bool> json = JsonOption.Create("Print it as JSON.");
        var command = new Command(StatusName, "How far a sweep is, and which tasks failed.") { folder, json };
        command.SetAction(parsed =>
        {
            string directory = library.FromCurrentDirectory(parsed.GetValue(folder)!);
            return (int)StatusSession.Run(
                PlanFile.Read(directory), directory, terminal, parsed.GetValue(json), SystemTool.Run);
        });
        return command;
    }

    private static Command Merge(Terminal terminal, ScenarioLibrary library)
    {
        var folders = new Argument<string[]>("folder")
        {
            Description = "The folder of a sweep; more of them where machines have no disk in common.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> strict = Strict();
        Option<bool> json = JsonOption.Create("Print the summary as JSON on stdout, and all else on stderr.");
        var command = new Command(
            MergeName, "Write tables, figures and report of a sweep whose shards are done, into the first folder.")
        {
            folders, strict, json,
        };
        command.SetAction(parsed =>
        {
            string[] directories = [.. parsed.GetValue(folders)!.Select(library.FromCurrentDirectory)];
            SweepPlan plan = PlanFile.Read(directories[0]);
            foreach (string other in directories[1..])
                PlanFile.RequireSame(directories[0], other);
            ResultFolder results = ResultFolder.Read(plan, directories);
            return (int)SweepConclusion.Write(
                plan, results, directories[0], terminal, parsed.GetValue(json), parsed.GetValue(strict));
        });
        return command;
    }
}
