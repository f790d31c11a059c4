using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>What the figures of a run cannot show although they look good.</summary>
internal static class ResultWarnings
{
    /// <summary>Our choice: as many lost messages are worth a look in a run of any size.</summary>
    private const long ManyLost = 1_000;

    /// <summary>Our choice: and so is one in a hundred, when there are more than a few.</summary>
    private const double LostShare = 0.01;

    private const long FewLost = 20;

    /// <summary>Peers that a warning names; of more it gives the number.</summary>
    private const int MostNamed = 3;

    /// <summary>Damage is what the fault <c>corrupt</c> is for.</summary>
    private const string Damaged = "DAMAGED_ON_THE_WAY";

    private static readonly string[] ofGossip = ["gossip.", "propagation."];

    /// <summary>Met without a crash as they should be.</summary>
    private static readonly string[] withoutCrash =
        ["detection.crashes", "detection.falseRemovals", "detection.unreachableRemovals"];

    public static IEnumerable<RunWarning> Of(
        Summary summary, RunMeasurements measurements, IReadOnlyList<Expectation> expectations,
        IReadOnlyList<ExpectationOutcome> outcomes) =>
    [
        .. TooSlow(summary, measurements), .. OnNothing(summary, expectations, outcomes), .. CutOff(measurements),
        .. SendsLost(summary.Transport),
    ];

    private static IEnumerable<RunWarning> TooSlow(Summary summary, RunMeasurements measurements) =>
        MachineLimits.Of(summary, measurements) is { } warning ? [warning] : [];

    private static IEnumerable<RunWarning> OnNothing(
        Summary summary, IReadOnlyList<Expectation> expectations, IReadOnlyList<ExpectationOutcome> outcomes)
    {
        foreach (var (expectation, outcome) in expectations.Zip(outcomes))
        {
            if (!outcome.Met || Missing(expectation.Metric, summary) is not { } what) continue;
            yield return new RunWarning(
                WarningKind.ExpectationOnNothing, expectation.Metric,
                $"the expectation {outcome.Text} is met because there was no {what}");
        }
    }

    private static string? Missing(string metric, Summary summary)
    {
        if (summary.Gossip.Messages == 0
            && Array.Exists(ofGossip, prefix => metric.StartsWith(prefix, StringComparison.Ordinal))) return "message";
        return summary.Detection.Crashes == 0 && metric.StartsWith("detection.", StringComparison.Ordinal)
            && !withoutCrash.Contains(metric) ? "crash" : null;
    }

    /// <summary>
    /// Live, honest peers outside the largest component at the end. Where no split of the network holds, only when no
    /// peer came or went shortly before: the overlay repairs itself within the time of a detection.
    /// </summary>
    private static IEnumerable<RunWarning> CutOff(RunMeasurements measurements)
    {
        var record = measurements.Record;
        if (record.Facts.Protocol is not null) yield break;
        var overlay = measurements.EndOverlay;
        var honest = overlay.Peers.Where(peer => !peer.IsLiar).ToList();
        var sizes = Enumerable.Range(0, overlay.Peers.Count).Where(peer => !overlay.Peers[peer].IsLiar)
            .GroupBy(overlay.ComponentOf).ToList();
        if (sizes.Count < 2) yield break;
        var largest = sizes.MaxBy(component => component.Count())!;
        var isSettled = record.LastArrivalOrDeparture + record.Facts.DetectionBound <= record.End;
        if (!isSettled && !record.Isolations.HoldsAt(record.End)) yield break;
        var outside = sizes.Where(component => component != largest).SelectMany(component => component)
            .Select(peer => overlay.Peers[peer].Address).Order().ToList();
        var named = outside.Count > MostNamed
            ? $"{string.Join(", ", outside.Take(MostNamed))} and {Numbers.Count(outside.Count - MostNamed)} more"
            : string.Join(", ", outside);
        yield return new RunWarning(
            WarningKind.PeersCutOff, "overlay.largestComponentFraction",
            $"{Numbers.Count(outside.Count)} of {Numbers.Plural(honest.Count, "live peer")} "
            + $"({Numbers.Percent((double)outside.Count / honest.Count)}) are cut off from the largest component at "
            + $"the end ({named}): coverage leaves out who could not get a message, reliability does not");
    }

    private static IEnumerable<RunWarning> SendsLost(TransportSummary? transport)
    {
        if (transport is null) yield break;
        var refused = transport.Refused.Where(word => word.Key != Damaged).ToList();
        var lost = transport.MessagesDropped + refused.Sum(word => word.Value);
        if (lost < ManyLost && (lost < FewLost || lost < LostShare * transport.FramesSent)) yield break;
        List<string> parts = [];
        if (transport.MessagesDropped > 0)
            parts.Add($"{Numbers.Count(transport.MessagesDropped)} dropped by full outboxes");
        parts.AddRange(refused.Select(word => $"{Numbers.Count(word.Value)} refused ({word.Key})"));
        yield return new RunWarning(
            WarningKind.SendsLost, "transport",
            $"TCP did not carry {Numbers.Plural(lost, "message")} of {Numbers.Count(transport.FramesSent)} sent: "
            + string.Join(", ", parts));
    }
}
