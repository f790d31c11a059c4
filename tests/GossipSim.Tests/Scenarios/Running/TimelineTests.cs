using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What a scenario asks of a network, and when.</summary>
[TestFixture]
internal sealed class TimelineTests
{
    [Test]
    public void Moments_come_in_order_of_time_and_at_equal_times_in_order_of_the_file()
    {
        var told = Play(
            """
            { "id": "d", "type": "crash", "atSeconds": 9, "target": { "index": [3] } },
            { "id": "a", "type": "pause", "atSeconds": 2, "durationSeconds": 5, "target": { "index": [0, 1] } },
            { "id": "b", "type": "partition", "atSeconds": 2, "healAfterSeconds": 3,
              "groups": [[{ "index": [0] }], "rest"] },
            { "id": "c", "type": "linkLoss", "atSeconds": 5, "durationSeconds": 2, "lossProbability": 0.5 },
            { "id": "e", "type": "restart", "atSeconds": 10, "disk": "torn", "target": { "fault": "d" } }
            """);

        Assert.That(told, Is.EqualTo(new[]
        {
            "2 Pause 7000", "2 Pause 7001", "2 Impair b 1/6 cut", "5 Mend b", "5 Impair c all loss 0.5",
            "7 Resume 7000",
            "7 Resume 7001", "7 Mend c", "9 Crash 7003 d", "10 Restart 7003 Torn",
        }));
    }

    [Test]
    public void Faults_without_end_are_never_taken_back()
    {
        var told = Play(
            """
            { "id": "b", "type": "partition", "atSeconds": 2, "groups": [[{ "role": "seed", "index": [0] }], "rest"] },
            { "id": "c", "type": "linkLoss", "atSeconds": 5, "lossProbability": 1,
              "target": { "address": "127.0.0.1:7002" } }
            """);

        Assert.That(told, Is.EqualTo(new[] { "2 Impair b 1/6 cut", "5 Impair c 7002 loss 1" }));
    }

    [TestCase("""{ "pick": "highestDegree", "count": 2 }""", "7001,7000", Description = "ties: the lower address")]
    [TestCase("""{ "pick": "highestDegree", "fraction": 0.25 }""", "7001")]
    [TestCase("""{ "index": [2, 0, 2] }""", "7002,7000")]
    [TestCase("""{ "role": "seed", "index": [2] }""", "6002")]
    [TestCase("""{ "role": "seed", "address": "127.0.0.1:6001" }""", "6001")]
    [TestCase("""{ "pick": "random", "fraction": 1 }""", "7000,7001,7002,7003")]
    [TestCase("""{ "pick": "random", "fraction": 0 }""", "")]
    public void Targets_are_those_that_the_selector_means(string selector, string ports)
    {
        var told = Play($$"""{ "id": "a", "type": "crash", "atSeconds": 2, "target": {{selector}} }""");

        var struck = told.Select(words => words.Split(' ')[2]);
        var expected = ports.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (selector.Contains("random", StringComparison.Ordinal)) Assert.That(struck, Is.EquivalentTo(expected));
        else Assert.That(struck, Is.EqualTo(expected));
    }

    [Test]
    public void Random_targets_are_distinct_and_differ_between_random_seeds()
    {
        const string Fault =
            """{ "id": "a", "type": "crash", "atSeconds": 2, "target": { "pick": "random", "count": 2 } }""";

        var draws = Enumerable.Range(0, 20).Select(randomSeed => Play(Fault, $"randomSeed={randomSeed}")).ToList();

        Assert.That(draws.Select(told => told.Distinct().Count()), Is.All.EqualTo(2));
        Assert.That(draws.Select(told => string.Join(' ', told)).Distinct().Count(), Is.GreaterThan(3));
        var again = Play(Fault, "randomSeed=7");
        Assert.That(again, Is.EqualTo(draws[7]));
    }

    [Test]
    public void Adding_a_fault_leaves_the_random_targets_of_the_others_as_they_are()
    {
        const string Fault =
            """{ "id": "a", "type": "pause", "atSeconds": 2, "durationSeconds": 9, "target": { "pick": "random" } }""";
        const string Earlier =
            """{ "id": "b", "type": "pause", "atSeconds": 1, "durationSeconds": 9, "target": { "pick": "random" } },""";

        for (var randomSeed = 0; randomSeed < 20; randomSeed++)
        {
            var alone = Play(Fault, $"randomSeed={randomSeed}");
            var together = Play(Earlier + Fault, $"randomSeed={randomSeed}");
            Assert.That(together.Where(words => words[0] == '2'), Is.EqualTo(alone.Where(words => words[0] == '2')));
        }
    }

    [Test]
    public void Publishers_are_distinct_peers_that_begin_within_one_interval_of_the_warm_up()
    {
        var told = Play("", "gossip.publishers.count=3");

        var begun = told.Select(words => words.Split(' ')).ToList();
        Assert.That(begun.Select(words => words[1]), Is.All.EqualTo("Inject"));
        Assert.That(begun.Select(words => words[2]).Distinct().Count(), Is.EqualTo(3));
        Assert.That(begun.Select(words => double.Parse(words[0])), Is.All.InRange(1, 2.5));
    }

    /// <summary>What a network of 3 seed nodes and 4 peers, 7001 with three links, is told to do.</summary>
    private static List<string> Play(string faults, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        var publishers = settings.Any(setting => setting.Contains("publishers", StringComparison.Ordinal));
        var scenario = folder.Load(
            SmallScenarios.With(faults, peers: 4),
            [.. settings, .. publishers ? Array.Empty<string>() : ["gossip.publishers.count=0"]]);
        var protocol = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var world = new RunRecord(FactsOfRun.Of(scenario, protocol));
        var story = new RunStory(world).StartSeedNodes();
        for (var port = 7000; port < 7004; port++) story.Join(port);
        story.Link(7001, 7000).Link(7001, 7002).Link(7001, 7003);
        var network = new ToldNetwork(story);
        foreach (var moment in new Timeline(scenario, protocol.Plan, world).Moments)
        {
            network.Now = moment.After;
            moment.Act(network);
        }

        return network.Told;
    }

    private sealed class ToldNetwork(RunStory story) : IRunningNetwork
    {
        public List<string> Told { get; } = [];

        public TimeSpan Now { get; set; }

        public void Crash(NodeAddress node, string faultId)
        {
            story.Crash(node.Port, faultId);
            Tell($"Crash {node.Port} {faultId}");
        }

        public void Restart(NodeAddress node, DiskState disk) => Tell($"Restart {node.Port} {disk}");

        public void Pause(NodeAddress node) => Tell($"Pause {node.Port}");

        public void Resume(NodeAddress node) => Tell($"Resume {node.Port}");

        public void Inject(NodeAddress node, ProtocolTimer timer) => Tell($"Inject {node.Port} {timer.Kind}");

        public void Impair(string faultId, Impairment impairment)
        {
            var what = impairment.Cuts ? "cut" : FormattableString.Invariant($"loss {impairment.LossProbability}");
            Tell($"Impair {faultId} {Where(impairment.Scope)} {what}");
        }

        public void Mend(string faultId) => Tell($"Mend {faultId}");

        public void SlowDown(NodeAddress node, LatencyModel? processingDelay) =>
            Tell($"SlowDown {node.Port} {processingDelay}");

        public void SkewClock(NodeAddress node, ClockSkew skew) => Tell($"SkewClock {node.Port} {skew}");

        private static string Where(LinkScope scope) => scope switch
        {
            AllLinks => "all",
            LinksOf links => string.Join(',', links.Nodes.Select(node => node.Port)),
            BetweenGroups between => string.Join('/', between.Groups.Select(group => group.Count)),
            _ => scope.ToString(),
        };

        private void Tell(string words) => Told.Add(FormattableString.Invariant($"{Now.TotalSeconds} {words}"));
    }
}
