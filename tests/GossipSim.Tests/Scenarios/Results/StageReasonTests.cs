using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>Each stage of a detection names its settings and their arithmetic.</summary>
internal sealed class StageReasonTests
{
    private static readonly DetectionRules usual = new()
    {
        PingIntervalMs = 1000, PingTimeoutMs = 500, MissedPingsToSuspect = 3,
        OnConnectionReset = ResetReaction.ExtraProbe, WitnessTimeoutMs = 1000, ReportTo = ReportTo.TurnByTurn,
        RemovalEvidence = RemovalEvidence.DirectProbe, DistinctReportersNeeded = 2, ProbeAttempts = 2,
        ProbeTimeoutMs = 1000, SyncIntervalMs = 2000, RefreshIntervalMs = 10_000,
    };

    private static readonly DetectionRules documented = usual with
    {
        PingIntervalMs = 13_000, PingTimeoutMs = 5000, OnConnectionReset = ResetReaction.Nothing,
    };

    [Test]
    public void A_reset_makes_the_first_miss_and_the_suspicion_come_early()
    {
        var stages = Stages(0.52, 1.51);

        Assert.That(Why(DetectionStage.FirstMiss, stages, usual), Is.EqualTo(
            "pinged at once instead of after up to 1000 ms because the connection was reset, and no answer for 500 ms: "
            + "liveness.onConnectionReset, pingIntervalMs, pingTimeoutMs"));
        Assert.That(Why(DetectionStage.Suspicion, stages, usual), Is.EqualTo(
            "suspected after 2 more pings x 500 ms, 990 ms instead of 2000 ms, because the connection was reset: "
            + "liveness.onConnectionReset, missedPingsToSuspect, pingTimeoutMs"));
    }

    [Test]
    public void A_ping_on_its_way_is_missed_before_its_timeout_has_passed_since_the_crash() => Assert.That(
        Why(DetectionStage.FirstMiss, Stages(0.3), usual),
        Is.EqualTo("a ping that was on its way at the crash had no answer for 500 ms: liveness.pingTimeoutMs"));

    [Test]
    public void Without_a_reset_pings_come_each_interval()
    {
        var stages = Stages(16.5, 42.6);

        Assert.That(Why(DetectionStage.FirstMiss, stages, documented), Is.EqualTo(
            "up to 13 s until the next ping, and no answer for 5000 ms: liveness.pingIntervalMs, pingTimeoutMs"));
        Assert.That(
            Why(DetectionStage.Suspicion, stages, documented),
            Is.EqualTo("2 more pings of 13 s: liveness.missedPingsToSuspect, pingIntervalMs"));
        Assert.That(
            Why(DetectionStage.Suspicion, Stages(null, 42), documented),
            Is.EqualTo("3 pings of 13 s: liveness.missedPingsToSuspect, pingIntervalMs"));
    }

    [TestCase(RemovalEvidence.DirectProbe, "2 probes x 1000 ms: seedNodes.probeAttempts, probeTimeoutMs")]
    [TestCase(RemovalEvidence.TrustReporter, "no probe, a seed node votes on the report: seedNodes.removalEvidence")]
    [TestCase(
        RemovalEvidence.DistinctReporters,
        "2 reporters make a vote, with fewer 2 probes x 1000 ms do: "
        + "seedNodes.distinctReportersNeeded, probeAttempts, probeTimeoutMs")]
    public void A_vote_names_what_it_rests_on(RemovalEvidence evidence, string why) => Assert.That(
        Why(
            DetectionStage.Quorum, Stages(0.5, 1.5, 1.6, 1.7, 1.8, 3.8), usual with { RemovalEvidence = evidence }),
        Is.EqualTo(why));

    [Test]
    public void What_the_settings_do_not_account_for_is_told() => Assert.That(
        Why(DetectionStage.Quorum, Stages(0.5, 1.5, 1.6, 1.7, 1.8, 5.3), usual),
        Does.EndWith("probeTimeoutMs; 1500 ms more went to links, queues and late timers"));

    [Test]
    public void A_crash_that_nobody_reported_is_found_by_its_missing_refreshes()
    {
        Assert.That(
            Why(DetectionStage.Proposal, Stages(null, null, null, null, 31), usual),
            Does.StartWith("nobody reported it").And.Contain("3 x 10 s, each 5000 ms: peers.refreshIntervalMs"));
        Assert.That(
            Why(DetectionStage.Proposal, Stages(0.5, 1.5, 1.6, 1.7, 1.8), usual),
            Is.EqualTo("a seed node opens the vote when the report arrives"));
    }

    [Test]
    public void Every_stage_that_was_has_a_reason_and_no_other()
    {
        var stages = Stages(0.5, 1.5, 1.6, 1.7, 1.8, 3.8, 3.9, 4);
        var none = Stages();

        foreach (var stage in DetectionStages.InOrder)
        {
            Assert.That(Why(stage, stages, usual), Is.Not.Empty, stage.ToString());
            Assert.That(Why(stage, none, usual), Is.Null);
        }
    }

    /// <param name="ends">Of the stages in their order, in seconds after the crash.</param>
    private static DetectionStages Stages(params double?[] ends) => DetectionStages.Of(
        Instant.FromSeconds(100),
        [
            .. DetectionStages.InOrder.Select((_, i) => i < ends.Length && ends[i] is { } seconds
                ? Instant.FromSeconds(100 + seconds)
                : (Instant?)null),
        ]);

    private static string? Why(DetectionStage stage, DetectionStages stages, DetectionRules rules) =>
        new StageReasons(rules).Of(stage, stages);
}
