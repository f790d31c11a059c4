using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>One stage of detection over the crashes that came to their end.</summary>
internal sealed record StageSummary
{
    /// <summary>How many of them had it.</summary>
    [Unit("crashes")]
    public required int Crashes { get; init; }

    /// <summary>
    /// Over all complete crashes, a missing stage counting 0: the means of the stages sum to that of the total.
    /// </summary>
    public double? MeanMs { get; init; }

    public double? P50Ms { get; init; }

    public double? MaxMs { get; init; }

    public static StageSummary Of(IReadOnlyList<double?> milliseconds)
    {
        double[] had = [.. milliseconds.OfType<double>().Order()];
        return new StageSummary
        {
            Crashes = had.Length,
            MeanMs = milliseconds.Count == 0 ? null : had.Sum() / milliseconds.Count,
            P50Ms = had.Length == 0 ? null : Percentile.NearestRank(had, 50),
            MaxMs = had.Length == 0 ? null : had[^1],
        };
    }
}

/// <summary>
/// Where the time from crash to the last peer's knowledge went, over the crashes that came to that end; the stages of
/// each sum to its total.
/// </summary>
internal sealed record StagesSummary
{
    public required StageSummary FirstMiss { get; init; }
    public required StageSummary Suspicion { get; init; }
    public required StageSummary NeighborMajority { get; init; }
    public required StageSummary Report { get; init; }
    public required StageSummary Proposal { get; init; }
    public required StageSummary Quorum { get; init; }
    public required StageSummary Removal { get; init; }
    public required StageSummary LastPeer { get; init; }
    public required StageSummary Total { get; init; }

    public static StagesSummary Of(IEnumerable<DetectionStages> crashes)
    {
        var complete = crashes.Where(crash => crash.IsComplete).ToList();
        StageSummary Stage(DetectionStage stage) =>
            StageSummary.Of([.. complete.Select(crash => crash.Milliseconds(stage))]);
        return new StagesSummary
        {
            FirstMiss = Stage(DetectionStage.FirstMiss),
            Suspicion = Stage(DetectionStage.Suspicion),
            NeighborMajority = Stage(DetectionStage.NeighborMajority),
            Report = Stage(DetectionStage.Report),
            Proposal = Stage(DetectionStage.Proposal),
            Quorum = Stage(DetectionStage.Quorum),
            Removal = Stage(DetectionStage.Removal),
            LastPeer = Stage(DetectionStage.LastPeer),
            Total = StageSummary.Of([.. complete.Select(crash => (double?)crash.TotalMs)]),
        };
    }
}
