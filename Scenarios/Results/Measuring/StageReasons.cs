using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Why a stage of a detection took as long as it did: the arithmetic of the settings, and their names in the scenario
/// file. A stage that took longer than its settings allow says by how much.
/// </summary>
internal sealed class StageReasons(DetectionRules rules)
{
    /// <summary>Our choice: what links and queues take is no part of the arithmetic up to here.</summary>
    private const double SlackMs = 100;

    /// <summary>A ping is sent up to this share of its interval early or late, together with others.</summary>
    private const double PingJitter = 1.0 / 8;

    private readonly string interval = Span(rules.PingIntervalMs);
    private readonly string timeout = Span(rules.PingTimeoutMs);

    /// <summary>Null for a stage that this crash did not have.</summary>
    public string? Of(DetectionStage stage, DetectionStages stages)
    {
        if (stages.Milliseconds(stage) is not { } took) return null;
        return stage switch
        {
            DetectionStage.FirstMiss => FirstMiss(took),
            DetectionStage.Suspicion => Suspicion(took, stages.Milliseconds(DetectionStage.FirstMiss) is null),
            DetectionStage.NeighborMajority =>
                $"neighbors of the suspect are asked and probe it for at most {Span(rules.WitnessTimeoutMs)}: "
                + "liveness.confirmation.rule, confirmation.timeoutMs"
                + Beyond(took, rules.WitnessTimeoutMs + (rules.PingTimeoutMs / 2.0)),
            DetectionStage.Report => rules.ReportTo == ReportTo.TurnByTurn
                ? "the report goes to one seed node, and to the next one if that does not answer: liveness.reportTo"
                : "the report goes to all seed nodes at once: liveness.reportTo",
            DetectionStage.Proposal => Proposal(stages),
            DetectionStage.Quorum => Quorum(took),
            DetectionStage.Removal =>
                "the decision goes to the other seed nodes; one that misses it learns it from the next exchange of "
                + $"lists, each {Span(rules.SyncIntervalMs)}: seedNodes.syncIntervalMs",
            DetectionStage.LastPeer =>
                "a neighbor lets go when it is told of the removal: at once if it has reported the crash, otherwise "
                + "after pings and a report of its own: liveness.missedPingsToSuspect, pingIntervalMs",
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No such stage."),
        };
    }

    private bool ProbesAfterReset => rules.OnConnectionReset == ResetReaction.ExtraProbe;

    private string FirstMiss(double took)
    {
        if (took < rules.PingTimeoutMs)
            return $"a ping that was on its way at the crash had no answer for {timeout}: liveness.pingTimeoutMs";
        if (ProbesAfterReset && took <= 1.5 * rules.PingTimeoutMs)
            return $"pinged at once instead of after up to {interval} because the connection was reset, and no answer "
                + $"for {timeout}: liveness.onConnectionReset, pingIntervalMs, pingTimeoutMs";
        return $"up to {interval} until the next ping, and no answer for {timeout}: "
            + "liveness.pingIntervalMs, pingTimeoutMs"
            + Beyond(took, ((1 + PingJitter) * rules.PingIntervalMs) + rules.PingTimeoutMs);
    }

    /// <summary>Each reset leads to a ping at once; without one there is a ping each interval.</summary>
    private string Suspicion(double took, bool isFromCrash)
    {
        var pings = isFromCrash ? rules.MissedPingsToSuspect : rules.MissedPingsToSuspect - 1;
        var more = isFromCrash ? "" : "more ";
        var words = string.Create(CultureInfo.InvariantCulture, $"{pings} {more}{(pings == 1 ? "ping" : "pings")}");
        var regular = pings * rules.PingIntervalMs;
        if (ProbesAfterReset && took < (1 - PingJitter) * regular)
            return $"suspected after {words} x {timeout}, {Span(took)} instead of {Span(regular)}, because the "
                + "connection was reset: liveness.onConnectionReset, missedPingsToSuspect, pingTimeoutMs";
        return $"{words} of {interval}: liveness.missedPingsToSuspect, pingIntervalMs"
            + Beyond(took, ((1 + PingJitter) * regular) + rules.PingTimeoutMs);
    }

    private string Proposal(DetectionStages stages) => stages.Milliseconds(DetectionStage.Report) is null
        && stages.Milliseconds(DetectionStage.Suspicion) is null
        ? "nobody reported it; a seed node looks for members that were not refreshed for 3 x "
            + $"{Span(rules.RefreshIntervalMs)}, each {Span(rules.RefreshIntervalMs / 2.0)}: peers.refreshIntervalMs"
        : "a seed node opens the vote when the report arrives";

    private string Quorum(double took)
    {
        var probes = string.Create(
            CultureInfo.InvariantCulture,
            $"{rules.ProbeAttempts} {(rules.ProbeAttempts == 1 ? "probe" : "probes")} x {Span(rules.ProbeTimeoutMs)}");
        return rules.RemovalEvidence switch
        {
            RemovalEvidence.DirectProbe =>
                $"{probes}: seedNodes.probeAttempts, probeTimeoutMs"
                + Beyond(took, rules.ProbeAttempts * (double)rules.ProbeTimeoutMs),
            RemovalEvidence.TrustReporter =>
                "no probe, a seed node votes on the report: seedNodes.removalEvidence",
            RemovalEvidence.DistinctReporters =>
                $"{Numbers.Plural(rules.DistinctReportersNeeded, "reporter")} make a vote, with fewer {probes} do: "
                + "seedNodes.distinctReportersNeeded, probeAttempts, probeTimeoutMs",
            _ => throw new InvalidOperationException($"No words for the evidence {rules.RemovalEvidence}."),
        };
    }

    private static string Beyond(double took, double most) => took <= most + SlackMs
        ? ""
        : $"; {Span(took - most)} more went to links, queues and late timers";

    private static string Span(double milliseconds) => milliseconds < 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.##} s");
}
