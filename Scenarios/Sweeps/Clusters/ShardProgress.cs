using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>How far one shard is.</summary>
/// <param name="Missing">Tasks without a result.</param>
/// <param name="State">Slurm's word; null where Slurm does not know it, or no more.</param>
internal sealed record ShardProgress(int Index, int Tasks, IReadOnlyList<int> Missing, string? State)
{
    /// <summary>Slurm still has it: what is missing may yet come.</summary>
    public bool IsUnderWay => Missing.Count > 0 && State is { } state && !SlurmQueue.IsOver(state);

    public bool HasFailed => Missing.Count > 0 && !IsUnderWay;
}

/// <summary>How far a sweep is, as its folder and Slurm say.</summary>
internal sealed record SweepProgress(
    SweepPlan Plan, ResultFolder Results, IReadOnlyList<Submission> Submissions, IReadOnlyList<ShardProgress> Shards)
{
    /// <param name="shards">Into how many to look at it; null: as it was submitted.</param>
    public static SweepProgress Of(SweepPlan plan, string directory, SlurmQueue slurm, int? shards = null)
    {
        var submissions = SubmissionLog.Read(directory);
        var count = shards ?? (submissions.Count > 0 ? submissions[^1].Shards : 1);
        var states = submissions.Count > 0 ? slurm.States(submissions) : new Dictionary<int, string>();
        // After the queue: a task that ends in between is then over, and its results are seen.
        var results = ResultFolder.Read(plan, directory);
        if (shards is not null && submissions.Count > 0 && submissions[^1].Shards != shards
            && states.Values.Any(state => !SlurmQueue.IsOver(state)))
        {
            throw new UsageException(
                $"--tasks: found {shards}, but {submissions[^1].Shards} shards are still queued or running (job "
                + $"{submissions[^1].Job})");
        }

        var missing = results.Missing.ToLookup(task => task % count);
        return new SweepProgress(
            plan, results, submissions,
            [
                .. Enumerable.Range(0, count).Select(index => new ShardProgress(
                    index, Enumerable.Range(0, plan.TaskCount).Count(new Shard(index, count).Has), [.. missing[index]],
                    states.GetValueOrDefault(index))),
            ]);
    }
}
