using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class FaultRuleTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase(
        """{ "type": "crash", "atSeconds": ▸66, "target": { "pick": "random" } }""",
        "faults[0].atSeconds: found 66, but warm-up and measurement end at 65")]
    [TestCase(
        """{ "type": "pause", "atSeconds": 60, "durationSeconds": ▸11, "target": { "pick": "random" } }""",
        "faults[0].durationSeconds: the fault would last until 71, but the run ends at 70")]
    [TestCase(
        """{ "type": "partition", "atSeconds": 60, "healAfterSeconds": ▸11, "groups": ["rest", [{ "index": [0] }]] }""",
        "faults[0].healAfterSeconds: the fault would last until 71, but the run ends at 70")]
    [TestCase(
        """{ "type": "partition", "atSeconds": 6, "groups": ▸["rest", "rest"] }""",
        "faults[0].groups: only one group can be \"rest\", everybody else")]
    [TestCase(
        """{ "type": "partition", "atSeconds": 6, "groups": ▸["rest"] }""",
        "faults[0].groups: found 1 entries, allowed are 2 to 16")]
    [TestCase(
        """{ "type": "partition", "atSeconds": 6, "groups": ["rest", ▸"others"] }""",
        "faults[0].groups[1]: found \"others\", allowed is \"rest\" or a list of node selectors, "
        + "such as [{ \"group\": … }]")]
    [TestCase(
        """{ "type": "partition", "atSeconds": 6, "groups": ["rest", [{ "index": ▸[20] }]] }""",
        "faults[0].groups[1][0].index: found 20, allowed is 0 to 19")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": ▸{} }""",
        "faults[0].target: one of pick, group, index, address and fault says which nodes, found 0 of them")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": ▸{ "pick": "random", "index": [1] } }""",
        "faults[0].target: one of pick, group, index, address and fault says which nodes, found 2 of them")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": ▸{ "index": [1], "count": 1 } }""",
        "faults[0].target: count and fraction only go with a pick other than rest")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "pick": "random", "count": 1, "fraction": ▸0.5 } }""",
        "faults[0].target.fraction: found both count and fraction, allowed is one of them")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "role": "seed", "pick": ▸"highestDegree" } }""",
        "faults[0].target.pick: seed nodes have no degree; use random or index")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "role": "seed", "pick": "random", "count": ▸4 } }""",
        "faults[0].target.count: found 4, allowed is at most 3, all nodes of that role")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "address": ▸"127.0.0.1:7020" } }""",
        "faults[0].target.address: found \"127.0.0.1:7020\", allowed is 127.0.0.1:7000 to 127.0.0.1:7019")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "address": ▸"127.0.0.1" } }""",
        "faults[0].target.address: found \"127.0.0.1\", allowed is an address and port such as 127.0.0.1:7003")]
    [TestCase(
        """{ "type": "leave", "atSeconds": 6, "target": { "role": ▸"seed", "index": [0] } }""",
        "faults[0].target.role: only peers leave; a seed node can crash")]
    [TestCase(
        """{ "type": "restart", "atSeconds": 6, "target": { "fault": ▸"kill" } }""",
        "faults[0].target.fault: found \"kill\", but no fault has this id")]
    [TestCase(
        """{ "type": "linkLoss", "atSeconds": 6, "lossProbability": ▸1.5 }""",
        "faults[0].lossProbability: found 1.5, allowed is a number from 0 to 1")]
    [TestCase(
        """▸{ "type": "crash", "atSeconds": 6 }""",
        "faults[0].target: missing; an object { … } is needed")]
    [TestCase(
        """{ "type": ▸"meteor", "atSeconds": 6 }""",
        "faults[0].type: found \"meteor\", allowed is one of crash, restart, leave, join, pause, slowNode, "
        + "clockSkew, partition, cut, linkLoss, linkDelay, linkFlap, linkBandwidth, corrupt, duplicate, reorder, "
        + "byzantine, sybil")]
    [TestCase(
        """▸{ "type": "crash", "target": { "index": [1] } }""",
        "faults[0].atSeconds: missing; a number is needed, or afterEvent")]
    [TestCase(
        """{ "type": "pause", "atSeconds": 6, "everySeconds": ▸1, "durationSeconds": 2, "target": { "index": [1] } }""",
        "faults[0].everySeconds: found 1, allowed is at least the 2 s that it lasts")]
    [TestCase(
        """▸{ "type": "pause", "atSeconds": 6, "everySeconds": 9, "target": { "index": [1] } }""",
        "faults[0].durationSeconds: missing; what strikes again and again must end in between")]
    [TestCase(
        """{ "type": "leave", "atSeconds": 6, "durationSeconds": ▸1, "target": { "index": [1] } }""",
        "faults[0].durationSeconds: a leave has no end")]
    [TestCase(
        """{ "type": "join", "atSeconds": 6, "count": 3, "everySeconds": ▸9 }""",
        "faults[0].everySeconds: a join strikes once")]
    [TestCase(
        """{ "type": "crash", "atSeconds": 6, "target": { "group": ▸"lef" } }""",
        "faults[0].target.group: found \"lef\", but no group has this name")]
    [TestCase(
        """{ "type": "byzantine", "atSeconds": 6, "behavior": ▸"doubleVote", "target": { "index": [1] } }""",
        "faults[0].behavior: found doubleVote, which is nothing that a peer can do")]
    [TestCase(
        """
        { "type": "byzantine", "atSeconds": 6, "behavior": "dropGossip", "target": { "index": [1] },
          "victim": ▸{ "index": [2] } }
        """,
        "faults[0].victim: dropGossip is against nobody")]
    [TestCase(
        """{ "type": "linkLoss", "atSeconds": 6, "lossProbability": 0.1, "target": ▸{ "pick": "rest", "count": 2 } }""",
        "faults[0].target: count and fraction only go with a pick other than rest")]
    [TestCase(
        """
        { "type": "partition", "atSeconds": 5, "durationSeconds": 1, "healAfterSeconds": ▸2,
          "groups": [[{ "index": [1] }], "rest"] }
        """,
        "faults[0].healAfterSeconds: found both durationSeconds and healAfterSeconds, which mean the same")]
    public void A_fault_that_cannot_happen_is_refused(string fault, string message) =>
        Assert.That(folder.ProblemAtMark($"{{ \"faults\": [\n{fault}\n] }}"), Is.EqualTo(message));

    [Test]
    public void A_restart_refers_to_a_fault_before_it()
    {
        const string Crash = """{ "id": "kill", "type": "crash", "atSeconds": 10, "target": { "pick": "random" } }""";
        string Restart(int at) => $$"""{ "type": "restart", "atSeconds": {{at}}, "target": { "fault": "kill" } }""";

        Scenario scenario = folder.Load($"{{ \"faults\": [{Crash}, {Restart(20)}] }}");

        Assert.That(((ScheduledRestart)scenario.Faults[1]).Target.Fault, Is.EqualTo("kill"));
        Assert.That(
            folder.Problem($"{{ \"faults\": [{Crash}, {Restart(5)}] }}"),
            Does.EndWith("faults[1].target.fault: the fault \"kill\" must strike before this one"));
    }

    [Test]
    public void Two_faults_cannot_share_an_id() => Assert.That(
        folder.Problem("""
            { "faults": [
              { "id": "x", "type": "crash", "atSeconds": 1, "target": { "index": [1] } },
              { "id": "x", "type": "crash", "atSeconds": 2, "target": { "index": [2] } } ] }
            """),
        Is.EqualTo("a.json:3:11: faults[1].id: found \"x\", which another fault has already"));

    [Test]
    public void All_faults_are_read_as_their_kind_with_defaults_filled_in()
    {
        Scenario scenario = folder.Load("""
            { "faults": [
              { "type": "crash", "atSeconds": 1, "target": { "pick": "highestDegree" } },
              { "type": "restart", "atSeconds": 2, "target": { "fault": "crash-1" }, "disk": "torn" },
              { "type": "leave", "atSeconds": 3, "target": { "address": "127.0.0.1:7003" } },
              { "type": "pause", "atSeconds": 4, "durationSeconds": 2, "target": { "role": "seed", "index": [2] } },
              { "type": "partition", "atSeconds": 5, "groups": [[{ "pick": "random", "fraction": 0.5 }], "rest"] },
              { "type": "linkLoss", "atSeconds": 6, "lossProbability": 0.2, "durationSeconds": 1.5 } ] }
            """);

        Assert.That(scenario.Faults.Select(fault => fault.Id), Is.EqualTo(new[]
        {
            "crash-1", "restart-2", "leave-3", "pause-4", "partition-5", "linkLoss-6",
        }));
        Assert.That(((ScheduledCrash)scenario.Faults[0]).Target.Count, Is.EqualTo(1));
        Assert.That(((ScheduledRestart)scenario.Faults[1]).Disk, Is.EqualTo(DiskState.Torn));
        Assert.That(scenario.Faults[3].LastsSeconds, Is.EqualTo(2));
        var partition = (ScheduledPartition)scenario.Faults[4];
        Assert.That(partition.Groups[0].Selectors![0].Fraction, Is.EqualTo(0.5));
        Assert.That(partition.Groups[1].IsRest, Is.True);
        Assert.That(((ScheduledLinkLoss)scenario.Faults[5]).Target, Is.Null);
    }
}
