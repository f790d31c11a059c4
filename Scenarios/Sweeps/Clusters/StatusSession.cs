using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What <c>sweep status --json</c> prints.</summary>
internal sealed record SweepStatus(
    string Scenario, int Tasks, int Done, int TornLines, bool IsComplete, IReadOnlyList<SweepStatus.ShardStatus> Shards)
{
    /// <param name="State">Slurm's word; null where Slurm does not know it.</param>
    internal sealed record ShardStatus(int Shard, int Tasks, int Done, string? State, IReadOnlyList<int> Missing);

    public static SweepStatus Of(SweepProgress progress) => new(
        progress.Plan.Name, progress.Plan.TaskCount, progress.Results.Done, progress.Results.TornLines,
        progress.Results.Missing.Count == 0,
        [
            .. progress.Shards.Select(shard => new ShardStatus(
                shard.Index, shard.Tasks, shard.Tasks - shard.Missing.Count, shard.State, shard.Missing)),
        ]);
}

/// <summary><c>sweep status</c>: how far a sweep is, and which of its shards have failed.</summary>
internal static class StatusSession
{
    public static ExitCode Run(SweepPlan plan, string directory, Terminal terminal, bool json, RunTool tool)
    {
        var progress = SweepProgress.Of(plan, directory, new SlurmQueue(tool));
        if (json)
        {
            JsonOption.WriteLine(terminal, SweepStatus.Of(progress));
            return ExitCode.Held;
        }

        var messages = terminal.Output;
        messages.WriteLine(
            $"Sweep {plan.Name}: {Numbers.Count(progress.Results.Done)} of {Numbers.Plural(plan.TaskCount, "task")}"
            + " done");
        if (progress.Results.TornLines is > 0 and var torn)
            messages.WriteLine($"{Numbers.Plural(torn, "torn line")}, as of a process that was killed");
        foreach (var shard in progress.Shards) Tell(shard, progress, messages);
        messages.WriteLine(WhatNext(progress, directory));
        return ExitCode.Held;
    }

    private static void Tell(ShardProgress shard, SweepProgress progress, TextWriter messages)
    {
        if (progress.Submissions.Count > 0)
        {
            var state = shard.State ?? (shard.Missing.Count == 0 ? "done" : "no longer known to Slurm");
            messages.WriteLine(
                $"  shard {shard.Index}: {shard.Tasks - shard.Missing.Count} of {shard.Tasks} done, {state}");
        }

        if (shard.HasFailed) MissingTasks.Tell(progress.Plan, shard.Missing, messages);
    }

    private static string WhatNext(SweepProgress progress, string directory)
    {
        if (progress.Results.Missing.Count == 0)
            return "Complete: " + ShellWords.OfProgram("sweep", "merge", directory);
        var failed = progress.Shards.Where(shard => shard.HasFailed).Select(shard => shard.Index).ToList();
        if (progress.Submissions.Count == 0) return "Go on: " + ShellWords.OfProgram("sweep", directory);
        return failed.Count == 0
            ? "The others are queued or running."
            : $"Failed shards {MissingTasks.Ranges(failed)}: "
                + ShellWords.OfProgram("sweep", "submit", directory, "--slurm");
    }
}
