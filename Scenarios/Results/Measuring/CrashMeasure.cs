namespace GossipSim.Scenarios.Results;

/// <summary>One crash and what followed, in scenario time and milliseconds after the crash; null is "never".</summary>
internal sealed record CrashMeasure(
    CrashRecord Crash, double AtSeconds, double? ToSuspicionMs, double? ToReportMs, double? ToRemovalMs,
    IReadOnlyList<(string SeedNode, double AfterMs)> Removals, DetectionStages Stages)
{
    public static CrashMeasure Of(CrashRecord crash, RunRecord record)
    {
        double? After(Engine.Protocol.Instant? then) =>
            then is { } instant ? (instant - crash.At).TotalMilliseconds : null;

        return new CrashMeasure(
            crash, record.SecondsAt(crash.At), After(crash.FirstSuspicion), After(crash.FirstReport),
            crash.Outcome == CrashOutcome.Removed ? After(crash.EndedEverywhere) : null,
            [.. crash.Removals.Select(r => (r.SeedNode.ToString(), (r.At - crash.At).TotalMilliseconds))],
            DetectionStages.Of(crash));
    }
}
