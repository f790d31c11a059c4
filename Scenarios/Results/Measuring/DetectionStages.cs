using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Where the time from a crash went. Each stage lasts from the end of the one before it on the way to the outcome, so
/// the stages of a crash sum to its total exactly, in whole microseconds. A moment that came later than one that
/// follows it, as a report does that finds the vote already open, led to nothing: it has no stage, and its time counts
/// for the next.
/// </summary>
internal sealed class DetectionStages
{
    public static readonly DetectionStage[] InOrder = Enum.GetValues<DetectionStage>();

    private readonly long?[] microseconds = new long?[InOrder.Length];

    private DetectionStages()
    {
    }

    /// <summary>How long a stage took; null when this crash had none.</summary>
    public double? Milliseconds(DetectionStage stage) => microseconds[(int)stage] / 1000.0;

    /// <summary>From the crash to the last thing that followed from it.</summary>
    public double TotalMs { get; private init; }

    /// <summary>Whether it came to the end: the last peer knows.</summary>
    public bool IsComplete => microseconds[(int)DetectionStage.LastPeer] is not null;

    public static DetectionStages Of(CrashRecord crash) => Of(
        crash.At,
        [
            crash.FirstMiss, crash.FirstSuspicion, crash.NeighborMajority, crash.ReportHeard, crash.Proposed,
            crash.Quorum, crash.Outcome == CrashOutcome.Removed ? crash.EndedEverywhere : null,
            crash.LastPeerInformed,
        ]);

    /// <param name="moments">The ends of the stages in their order; null for what never came.</param>
    public static DetectionStages Of(Instant crash, Instant?[] moments)
    {
        var onTheWay = (Instant?[])moments.Clone();
        Instant? following = null;
        for (var stage = moments.Length - 1; stage >= 0; stage--)
        {
            if (onTheWay[stage] < crash || onTheWay[stage] > following) onTheWay[stage] = null;
            following = onTheWay[stage] ?? following;
        }

        var last = crash;
        var spans = new long?[moments.Length];
        for (var stage = 0; stage < moments.Length; stage++)
        {
            if (onTheWay[stage] is not { } moment) continue;
            spans[stage] = moment.Microseconds - last.Microseconds;
            last = moment;
        }

        var stages = new DetectionStages { TotalMs = (last.Microseconds - crash.Microseconds) / 1000.0 };
        spans.CopyTo(stages.microseconds, 0);
        return stages;
    }
}
