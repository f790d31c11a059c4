using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The figures about crashes, and the names of their stages for readers.</summary>
internal static class DetectionFigures
{
    public static Figure? Timeline(RunMeasurements measurements) => measurements.Crashes.Count == 0
        ? null
        : DetectionTimelineFigure.Create(
            [.. measurements.Crashes.Select(c => new CrashTimeline(
                c.Crash.Address.ToString(), c.AtSeconds, c.AtSeconds + (c.ToSuspicionMs / 1000),
                c.AtSeconds + (c.ToReportMs / 1000),
                [.. c.Removals.Select(r => new SeedNodeRemoval(r.SeedNode, c.AtSeconds + (r.AfterMs / 1000)))]))]);

    /// <summary>Null when nothing followed from any crash.</summary>
    public static Figure? Stages(RunMeasurements measurements)
    {
        List<CrashStages> crashes =
        [
            .. measurements.Crashes.Where(c => c.Stages.TotalMs > 0).Select(c => new CrashStages(
                c.Crash.Address.ToString(), c.AtSeconds,
                [
                    .. DetectionStages.InOrder.Where(stage => c.Stages.Milliseconds(stage) is not null)
                        .Select(stage => (InWords(stage), c.Stages.Milliseconds(stage)!.Value)),
                ])),
        ];
        return crashes.Count == 0
            ? null
            : DetectionStagesFigure.Create(crashes, [.. DetectionStages.InOrder.Select(InWords)]);
    }

    public static string InWords(DetectionStage stage) => stage switch
    {
        DetectionStage.FirstMiss => "until the first missed answer",
        DetectionStage.Suspicion => "until enough were missed to suspect",
        DetectionStage.NeighborMajority => "until a majority of neighbors agreed",
        DetectionStage.Report => "until the report was at a seed node",
        DetectionStage.Proposal => "until that seed node opened the vote",
        DetectionStage.Quorum => "until a quorum had probed and voted",
        DetectionStage.Removal => "until all live seed nodes removed it",
        DetectionStage.LastPeer => "until the last neighbor let go",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
