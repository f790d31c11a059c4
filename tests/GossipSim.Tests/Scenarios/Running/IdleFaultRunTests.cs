using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Faults and churn that come to nothing are named with the reason; those that strike are not.</summary>
[TestFixture]
internal sealed class IdleFaultRunTests
{
    private const string AllUp = """ "target": { "pick": "random", "fraction": 1 } """;

    [TestCase("""
        { "id": "x", "type": "crash", "afterEvent": { "event": "deathReported" }, "target": { "index": [1] } }
        """, "fault x (crash) never came: it waits for deathReported, which did not happen")]
    [TestCase("""
        { "id": "x", "type": "crash", "atSeconds": 2, "target": { "index": [1] },
          "afterEvent": { "event": "gossipPublished", "occurrence": 1000 } }
        """, "waits for gossipPublished number 1000, and only 44 happened from 2 s on")]
    [TestCase("""
        { "id": "x", "type": "crash", "target": { "index": [1] },
          "afterEvent": { "event": "gossipPublished", "delaySeconds": 20 } }
        """, "never came: after gossipPublished it would have struck later than the end of measurement at 21 s")]
    public void A_fault_that_never_came_says_what_it_waits_for(string fault, string message) =>
        Assert.That(Only(fault, WarningKind.FaultNeverCame), Does.Contain(message));

    [TestCase("""{ "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "random", "fraction": 0 } }""",
        "a fraction of 0 picks no node")]
    [TestCase("""{ "id": "x", "type": "restart", "atSeconds": 5, "target": { "pick": "random" } }""",
        "no peer was down")]
    [TestCase("""{ "id": "x", "type": "restart", "atSeconds": 5, "target": { "index": [4] } }""",
        "127.0.0.1:7004 was running already")]
    [TestCase("""
        { "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "random" }, "spares": [{ "strike": 1 }] }
        """, "the strike is spared")]
    [TestCase("""
        { "id": "x", "type": "crash", "atSeconds": 5, "target": { "index": [4] },
          "spares": [{ "strike": 1, "address": "127.0.0.1:7004" }] }
        """, "spared")]
    [TestCase("""{ "id": "x", "type": "pause", "atSeconds": 5, "target": { "group": "none" } }""",
        "no node was in the group none")]
    [TestCase("""
        { "id": "x", "type": "partition", "atSeconds": 5, "groups": [[{ "pick": "random", "fraction": 0 }], "rest"] }
        """, "all nodes are on the same side")]
    [TestCase("""
        { "id": "x", "type": "cut", "atSeconds": 5, "from": { "index": [1] }, "to": { "group": "none" } }
        """, "nobody is at the end \"to\": no node was in the group none")]
    [TestCase("""
        { "id": "x", "type": "linkLoss", "atSeconds": 5, "lossProbability": 1, "target": { "group": "none" } }
        """, "no node was in the group none")]
    [TestCase("""
        { "id": "x", "type": "pause", "atSeconds": 3, "everySeconds": 2, "durationSeconds": 1,
          "target": { "group": "none" } }
        """, "struck nobody in 10 strikes: no node was in the group none")]
    public void A_fault_that_struck_nobody_says_why(string fault, string message) =>
        Assert.That(Only(fault, WarningKind.FaultStruckNobody), Does.StartWith("fault x (").And.Contain(message));

    [Test]
    public void An_overlay_without_an_articulation_point_loses_none()
    {
        var message = Only(
            """{ "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "articulationPoint" } }""",
            WarningKind.FaultStruckNobody, "overlay.rule=complete");

        Assert.That(message, Does.EndWith("struck nobody: the overlay had no articulation point"));
    }

    [Test]
    public void What_another_idle_fault_or_a_crash_before_leaves_is_struck_by_nobody()
    {
        var warnings = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "none", "type": "crash", "atSeconds": 3, "target": { "group": "none" } },
                { "id": "back", "type": "restart", "atSeconds": 4, "target": { "fault": "none" } },
                { "id": "dead", "type": "crash", "atSeconds": 5, "target": { "index": [4] } },
                { "id": "again", "type": "byzantine", "behavior": "dropGossip", "atSeconds": 6,
                  "target": { "fault": "dead" } }
                """),
            NoGroup).Run.Warnings;

        Assert.That(warnings.Select(warning => warning.Subject), Is.EqualTo(new[] { "none", "back", "again" }));
        Assert.That(warnings[1].Message, Does.EndWith("the fault none has struck nobody"));
        Assert.That(warnings[2].Message, Does.EndWith("127.0.0.1:7004 was not running"));
    }

    [Test]
    public void A_side_without_nodes_beside_a_real_split_and_a_missing_victim_are_named()
    {
        var warnings = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "p", "type": "partition", "atSeconds": 5, "healAfterSeconds": 1,
                  "groups": [[{ "index": [1] }], [{ "group": "none" }], "rest"] },
                { "id": "liar", "type": "byzantine", "atSeconds": 6, "behavior": "falseDeadReport",
                  "target": { "index": [2] }, "victim": { "group": "none" } }
                """),
            NoGroup).Run.Warnings;

        Assert.That(warnings.Select(warning => (warning.Kind, warning.Subject)), Is.EqualTo(new[]
        {
            (WarningKind.PartitionGroupEmpty, "p"), (WarningKind.VictimNotFound, "liar"),
        }));
        Assert.That(warnings[0].Message, Does.Contain("group 2"));
    }

    [Test]
    public void Joiners_that_come_too_late_are_counted()
    {
        var message = Only(
            """{ "id": "x", "type": "join", "atSeconds": 18, "count": 10, "ratePerSecond": 1 }""",
            WarningKind.JoinersMissing);

        Assert.That(message, Does.Contain("brings 10 peers, and 4 had not started when the run ended"));
    }

    [TestCase("""
        { "model": "sessions", "sessionSeconds": { "distribution": "constant", "value": 1000 },
          "downtimeSeconds": { "distribution": "constant", "value": 1 } }
        """, WarningKind.ChurnDidNothing, "no session ended before the end of measurement at 21 s")]
    [TestCase("""
        { "model": "arrivals", "ratePerSecond": 0.0001, "mostArrivals": 3,
          "sessionSeconds": { "distribution": "constant", "value": 5 } }
        """, WarningKind.ChurnDidNothing, "no peer arrived")]
    [TestCase("""
        { "model": "trace", "events": [{ "seconds": 2, "peer": 4, "change": "up" },
          { "seconds": 900, "peer": 4, "change": "down" }] }
        """, WarningKind.ChurnDidNothing, "no event of the trace changed anything")]
    [TestCase("""
        { "model": "trace", "events": [{ "seconds": 2, "peer": 4, "change": "up" },
          { "seconds": 3, "peer": 4, "change": "down" }, { "seconds": 900, "peer": 5, "change": "down" }] }
        """, WarningKind.TraceEventsSkipped,
        "2 of 3 events of the churn trace did nothing: 1 come after the end of measurement at 21 s, 1 found")]
    public void Churn_that_did_nothing_is_named(string churn, string kind, string message)
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(""), isWatched: false, $"churn={churn}");

        var warning = trial.Run.Warnings.Single();
        Assert.That((warning.Kind, warning.Subject), Is.EqualTo((kind, "churn")));
        Assert.That(warning.Message, Does.Contain(message));
    }

    [TestCase("gossip.publishers.count=0", WarningKind.NothingPublished, "gossip.publishers.count is 0")]
    [TestCase("gossip.maxMessagesPerPeer=0", WarningKind.NothingPublished, "gossip.maxMessagesPerPeer is 0")]
    [TestCase("gossip.intervalMs=80000", WarningKind.PublishersSilent,
        "7 of 8 publishers ran at the end and had published nothing: "
        + "7 would begin after the measured part (gossip.intervalMs is 80000)")]
    public void Publishers_that_publish_nothing_are_named(string setting, string kind, string message)
    {
        var warning = ScenarioTrial.Of(SmallScenarios.With(""), isWatched: false, setting).Run.Warnings.Single();

        Assert.That((warning.Kind, warning.Subject), Is.EqualTo((kind, "gossip.publishers")));
        Assert.That(warning.Message, Does.Contain(message));
    }

    [Test]
    public void A_fraction_above_zero_picks_at_least_one()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "random", "fraction": 0.001 } }
            """));

        Assert.That(trial.Strikes("x").Single().Strike.Groups.Single(), Has.Length.EqualTo(1));
        Assert.That(trial.Run.Warnings, Is.Empty);
    }

    [TestCase("crash", AllUp)]
    [TestCase("leave", """ "target": { "index": [4] } """)]
    [TestCase("pause", """ "durationSeconds": 1, "target": { "index": [4] } """)]
    [TestCase("linkDelay", """ "addLatencyMs": 5 """)]
    [TestCase("linkFlap", """ "durationSeconds": 2, "upSeconds": 1, "downSeconds": 1, "target": { "index": [4] } """)]
    [TestCase("partition", """ "healAfterSeconds": 1, "groups": [[{ "index": [1] }], "rest"] """)]
    [TestCase("join", """ "count": 2 """)]
    [TestCase("byzantine", """ "behavior": "voteAlwaysYes", "target": { "role": "seed", "index": [1] } """)]
    public void A_fault_that_strikes_has_no_warning(string type, string values)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With($$"""{ "id": "x", "type": "{{type}}", "atSeconds": 5, {{values}} }"""),
            isWatched: false);

        Assert.That(trial.Strikes("x"), Is.Not.Empty);
        Assert.That(trial.Run.Warnings, Is.Empty);
    }

    private static string NoGroup => """groups=[{ "name": "none", "nodes": [{ "pick": "random", "fraction": 0 }] }]""";

    private static string Only(string fault, string kind, params string[] settings)
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(fault), isWatched: false, [NoGroup, .. settings]);
        var warning = trial.Run.Warnings.Single();
        Assert.That((warning.Kind, warning.Subject), Is.EqualTo((kind, "x")));
        return warning.Message;
    }
}
