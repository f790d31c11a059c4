using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class RuleTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase(
        "\"seedNodes\": { \"basePort\": ▸65534 }",
        "seedNodes.basePort: found 65534, but 3 seed nodes then end at port 65536, beyond 65535")]
    [TestCase(
        "\"peers\": { \"basePort\": ▸65520 }",
        "peers.basePort: found 65520, but 20 peers then end at port 65539, beyond 65535")]
    [TestCase(
        "\"peers\": { \"basePort\": ▸6002 }",
        "peers.basePort: found 6002, but ports 6002 to 6021 meet those of the seed nodes, 6000 to 6002")]
    [TestCase(
        "\"seedNodes\": { \"byzantineFaults\": ▸1 }",
        "seedNodes.byzantineFaults: found 1, which only counts with \"quorumRule\": \"byzantine\"")]
    [TestCase(
        "\"seedNodes\": { \"quorumRule\": \"byzantine\", \"byzantineFaults\": ▸1 }",
        "seedNodes.byzantineFaults: found 1, but 3 seed nodes stand at most 0")]
    [TestCase(
        "\"seedNodes\": { \"distinctReportersNeeded\": ▸3 }",
        "seedNodes.distinctReportersNeeded: found 3, which only counts with"
        + " \"removalEvidence\": \"distinctReporters\"")]
    [TestCase(
        "\"liveness\": { \"pingTimeoutMs\": ▸1001 }",
        "liveness.pingTimeoutMs: found 1001, allowed is at most liveness.pingIntervalMs, 1000")]
    [TestCase(
        "\"peers\": { \"registerTimeoutMs\": ▸900 }",
        "peers.registerTimeoutMs: found 900, allowed is more than one vote takes,"
        + " seedNodes.voteTimeoutMs, 1000")]
    [TestCase(
        "\"overlay\": { \"linksPerJoin\": 1, \"repair\": { \"minDegree\": ▸2 } }",
        "overlay.repair.minDegree: found 2, allowed is at most overlay.linksPerJoin, 1")]
    [TestCase(
        "\"overlay\": { \"maxDegree\": ▸5 }",
        "overlay.maxDegree: found 5, allowed is at least twice overlay.linksPerJoin, 6")]
    [TestCase(
        "\"gossip\": { \"publishers\": { \"count\": ▸21 } }",
        "gossip.publishers.count: found 21, allowed is at most peers.count, 20")]
    [TestCase(
        "\"peers\": { \"count\": 1000, \"joinIntervalMs\": ▸100 }",
        "peers.joinIntervalMs: found 100, but then 1000 peers take 99.9 s to start and"
        + " phases.formationSeconds is 60")]
    [TestCase(
        "\"network\": { \"latency\": { \"distribution\": \"uniform\", \"fromMs\": ▸9, \"toMs\": 5 } }",
        "network.latency.fromMs: found 9, allowed is at most toMs, 5")]
    [TestCase(
        "\"network\": { \"latency\": ▸{ \"distribution\": \"empirical\" } }",
        "network.latency: an empirical latency needs either samplesMs or file, found none")]
    [TestCase(
        "\"invariants\": { \"waived\": { \"noFalsRemoval\": ▸\"D3\" } }",
        "invariants.waived.noFalsRemoval: no such invariant; did you mean \"noFalseRemoval\"?")]
    public void Values_that_do_not_fit_together_are_told_at_the_one_to_change(string key, string message) =>
        Assert.That(folder.ProblemAtMark($"{{ {key} }}"), Is.EqualTo(message));

    [TestCase(17, 17_000_020)]
    [TestCase(3_000, 3_000_000_020)]
    public void More_peers_than_can_have_addresses_are_told(int joins, long found)
    {
        string faults = string.Join(
            ", ", Enumerable.Repeat("""{ "type": "join", "atSeconds": 18, "count": 1000000 }""", joins));

        Assert.That(
            folder.ProblemAtMark($$"""{ "faults": ▸[ {{faults}} ] }"""),
            Is.EqualTo($"faults: found {found} peers with those that come later, allowed are at most 16777216"));
    }

    [TestCase(
        """{ "metric": ▸"detection.falseRemoval", "op": "==", "value": 0 }""",
        "expectations[0].metric: found \"detection.falseRemoval\", which summary.json does not have;"
        + " did you mean \"detection.falseRemovals\"?")]
    [TestCase(
        """{ "metric": "membership.seedsAgree", "op": "==", "value": ▸1 }""",
        "expectations[0].value: membership.seedsAgree is true or false, found something else")]
    [TestCase(
        """{ "metric": "powerLaw.verdict", "op": ▸"<", "value": "supported" }""",
        "expectations[0].op: powerLaw.verdict is a text, so only == and != are allowed")]
    [TestCase(
        """{ "metric": "detection.removed", "op": ▸"=", "value": 1 }""",
        "expectations[0].op: found \"=\", allowed is one of ==, !=, <, <=, >, >=; did you mean \"==\"?")]
    [TestCase(
        """▸{ "metric": "detection.removed", "op": "==" }""",
        "expectations[0].value: missing; a number, true, false or a text is needed")]
    [TestCase(
        """{ "metric": ▸"invariants.violated", "op": "==", "value": 0 }""",
        "expectations[0].metric: found \"invariants.violated\", which summary.json does not have")]
    public void Expectations_speak_of_what_the_summary_has(string expectation, string message) =>
        Assert.That(folder.ProblemAtMark($"{{  \"expectations\": [{expectation}] }}"), Does.StartWith(message));

    [Test]
    public void Every_kind_of_metric_can_be_expected()
    {
        Scenario scenario = folder.Load("""
            { "expectations": [
              { "metric": "detection.removed", "op": ">=", "value": 1.5 },
              { "metric": "membership.seedsAgree", "op": "==", "value": true },
              { "metric": "powerLaw.verdict", "op": "!=", "value": "rejected" } ] }
            """);

        Assert.That(scenario.Expectations[0].Value.Number, Is.EqualTo(1.5));
        Assert.That(scenario.Expectations[1].Value.Truth, Is.True);
        Assert.That(scenario.Expectations[2].Value.Text, Is.EqualTo("rejected"));
    }

    [Test]
    public void Peers_beyond_the_ports_of_one_address_exist_in_the_simulator_only()
    {
        const string Text = "{ \"peers\": { \"count\": 100000 }, \"runtime\": \"sim\" }";

        Assert.That(folder.Load(Text).Peers.Count, Is.EqualTo(100_000));
        Assert.That(
            folder.Problem(Text, "runtime=tcp"),
            Is.EqualTo(
                "a.json:1:12: peers.basePort: found 7000, but 100000 peers then end at port 106999, beyond 65535"));
    }

    [Test]
    public void The_word_of_several_reporters_may_be_evidence_and_peers_then_tell_every_seed_node()
    {
        Scenario scenario = folder.Load(
            "{ \"seedNodes\": { \"removalEvidence\": \"distinctReporters\", \"distinctReportersNeeded\": 3 } }");

        var settings = ProtocolSettings.Of(scenario, DateTimeOffset.UnixEpoch);
        Assert.That(settings.SeedNode.RemovalEvidence, Is.EqualTo(RemovalEvidence.DistinctReporters));
        Assert.That(settings.SeedNode.DistinctReportersNeeded, Is.EqualTo(3));
        Assert.That(settings.Peer.ReportTo, Is.EqualTo(ReportTo.AllSeedNodes));
    }

    [Test]
    public void A_byzantine_quorum_is_allowed_with_more_than_three_seed_nodes_a_liar()
    {
        Scenario scenario = folder.Load(
            "{ \"seedNodes\": { \"count\": 4, \"quorumRule\": \"byzantine\", \"byzantineFaults\": 1 } }");

        Assert.That(scenario.SeedNodes.QuorumRule, Is.EqualTo(QuorumRule.Byzantine));
    }
}
