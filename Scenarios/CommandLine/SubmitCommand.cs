using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>sweep submit</c>: the shards of a sweep as a Slurm job array.</summary>
internal sealed class SubmitCommand
{
    public const string Name = "submit";

    private readonly Option<bool> slurm = new("--slurm") { Description = "To Slurm, with sbatch.", Required = true };

    private readonly Option<int?> tasks = new("--tasks")
    {
        Description = "Tasks of the job array, a shard each. Default: 8, or as many as before.",
        HelpName = "N",
    };

    private readonly Option<string> partition = new("--partition")
    {
        Description = "Slurm's partition.",
        HelpName = "NAME",
    };

    private readonly Option<int?> cpus = new("--cpus-per-task")
    {
        Description = "Processors of each array task: so many runs at the same time.",
        HelpName = "N",
    };

    private readonly Option<string> time = new("--time")
    {
        Description = "Slurm's limit for each array task; what it did before is kept.",
        HelpName = "HH:MM:SS",
    };

    private readonly Option<string[]> further = new("--sbatch")
    {
        Description = "A further option of sbatch, such as --sbatch=--account=lab; may be given several times.",
        HelpName = "OPTION",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> json =
        JsonOption.Create("Print the job numbers as JSON on stdout, and all else on stderr.");

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var own = new SubmitCommand();
        var command = new Command(
            Name, "Submit a sweep as a job array with a merge job behind it; said again, only what failed.");
        SweepOptions options = new SweepOptions().AddTo(command);
        Option[] all = [own.slurm, own.tasks, own.partition, own.cpus, own.time, own.further, own.json];
        foreach (Option option in all)
            command.Add(option);
        command.SetAction(parsed =>
        {
            (SweepPlan plan, string directory) = options.Load(parsed, library);
            int most = Math.Min(plan.TaskCount, SubmitSession.MostTasks);
            int? shards = parsed.GetValue(own.tasks) is { } number
                ? SweepCommand.InRange(own.tasks.Name, number, most)
                : null;
            var request = new SubmitRequest(plan, directory, shards, own.OptionsOf(parsed), parsed.GetValue(own.json));
            return (int)SubmitSession.Run(request, terminal, SystemTool.Run);
        });
        return command;
    }

    private List<string> OptionsOf(ParseResult parsed)
    {
        List<string> options = [];
        if (parsed.GetValue(partition) is { } where)
            options.Add($"--partition={where}");
        if (parsed.GetValue(cpus) is { } count)
            options.Add($"--cpus-per-task={SweepCommand.InRange(cpus.Name, count, 1024)}");
        if (parsed.GetValue(time) is { } limit)
            options.Add($"--time={limit}");
        options.AddRange(parsed.GetValue(further) ?? []);
        foreach (string option in options)
        {
            if (!option.StartsWith("--", StringComparison.Ordinal) || option.Any(char.IsControl))
                throw new UsageException($"{further.Name}: found \"{option}\", allowed is an option as --account=lab");
        }

        return options;
    }
}
