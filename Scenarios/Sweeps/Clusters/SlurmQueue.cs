using System.Globalization;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Slurm by its own commands. It queues, places, restarts and accounts; nothing of that is done here.
/// </summary>
internal sealed class SlurmQueue(RunTool tool)
{
    /// <summary>The states in which a job is over (squeue(1), JOB STATE CODES).</summary>
    private static readonly HashSet<string> over =
    [
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
        "REVOKED", "TIMEOUT",
    ];

    public static bool IsOver(string state) => over.Contains(state);

    /// <returns>The job's number.</returns>
    /// <exception cref="EnvironmentException">Slurm is not there, or refuses it.</exception>
    public string Submit(string directory, string script, params IReadOnlyList<string> options)
    {
        var file = Path.Combine(directory, SlurmScripts.FolderName, script);
        var said = tool("sbatch", ["--parsable", $"--chdir={directory}", .. options, file]);
        // "number" or "number;cluster"
        var job = said.Output.Trim().Split(';')[0];
        return said.ExitCode == 0 && job.Length > 0 && job.All(char.IsAsciiDigit)
            ? job
            : throw new EnvironmentException($"sbatch: {Said(said)}");
    }

    /// <summary>
    /// By shard the last state of its array task. Slurm forgets jobs some minutes after their end; those are missing.
    /// </summary>
    public IReadOnlyDictionary<int, string> States(IReadOnlyList<Submission> submissions)
    {
        var states = new Dictionary<int, string>();
        foreach (var submission in submissions)
        {
            // What is submitted again is no longer in its earlier state.
            foreach (var shard in submission.Array) states.Remove(shard);
            var said = tool(
                "squeue", ["--noheader", "--array", "--states=all", "--format=%K|%T", $"--jobs={submission.Job}"]);
            if (said.ExitCode != 0)
            {
                if (said.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase)) continue;
                throw new EnvironmentException($"squeue: {Said(said)}");
            }

            foreach (var line in said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Trim().Split('|');
                if (parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var shard))
                    states[shard] = parts[1];
            }
        }

        return states;
    }

    private static string Said(ToolOutput output) =>
        (output.Error.Trim().Length > 0 ? output.Error : output.Output).Trim().ReplaceLineEndings("; ");
}
