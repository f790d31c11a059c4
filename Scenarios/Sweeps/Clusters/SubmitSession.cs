using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What the user asked <c>sweep submit</c> to do.</summary>
/// <param name="Directory">The sweep's own folder; the nodes of the cluster see it under the same name.</param>
/// <param name="Tasks">Of the job array; null: as many as before.</param>
/// <param name="Options">Of sbatch.</param>
internal sealed record SubmitRequest(
    SweepPlan Plan, string Directory, int? Tasks, IReadOnlyList<string> Options, bool Json);

/// <summary>
/// <c>sweep submit --slurm</c>: a job array with a task for each shard that lacks results, and a merge job that waits
/// for it. Said again, it submits those that failed, and nobody else.
/// </summary>
internal static class SubmitSession
{
    /// <summary>Our choice, below Slurm's usual limit of 1,001 numbers in an array (MaxArraySize).</summary>
    public const int MostTasks = 1000;

    private const int UsualTasks = 8;

    public static ExitCode Run(SubmitRequest request, Terminal terminal, RunTool tool)
    {
        var messages = terminal.MessagesOf(request.Json);
        var (plan, directory) = (request.Plan, request.Directory);
        PlanFile.WriteOrMatch(directory, plan);
        var slurm = new SlurmQueue(tool);
        var before = SubmissionLog.Read(directory);
        var shards = request.Tasks ?? (before.Count > 0 ? before[^1].Shards : Math.Min(UsualTasks, plan.TaskCount));
        var progress = SweepProgress.Of(plan, directory, slurm, shards);
        List<int> wanted = [.. progress.Shards.Where(shard => shard.HasFailed).Select(shard => shard.Index)];
        var underWay = progress.Shards.Count(shard => shard.IsUnderWay);
        if (underWay > 0) messages.WriteLine($"{Numbers.Plural(underWay, "shard")} queued or running already.");
        if (wanted.Count == 0)
        {
            messages.WriteLine(underWay > 0
                ? "Nothing else to submit."
                : $"All {Numbers.Plural(plan.TaskCount, "task")} done: "
                    + ShellWords.OfProgram("sweep", "merge", directory));
            return ExitCode.Held;
        }

        SlurmScripts.Write(directory, plan, shards, request.Options);
        var job = slurm.Submit(directory, SlurmScripts.ArrayFile, $"--array={MissingTasks.Ranges(wanted)}");
        // A merge that waited for success would never come when one shard fails; it says itself what is missing.
        var merge = slurm.Submit(directory, SlurmScripts.MergeFile, $"--dependency=afterany:{job}");
        var submission = new Submission(job, merge, shards, wanted);
        SubmissionLog.Add(directory, submission);
        messages.WriteLine(
            $"Submitted job array {job} for {Numbers.Plural(wanted.Count, "shard")} of {shards} "
            + $"({MissingTasks.Ranges(wanted)}), and job {merge}, which merges. "
            + ShellWords.OfProgram("sweep", "status", directory));
        if (request.Json) JsonOption.WriteLine(terminal, submission);
        return ExitCode.Held;
    }
}
