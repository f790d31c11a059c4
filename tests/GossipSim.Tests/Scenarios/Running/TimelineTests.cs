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
            "2 Pause 7000", "2 Pause 7001", "2 Impair b 1/6: cut", "2 WhenDone", "5 Mend b", "5 Impair c all: loss 0.5",
            "7 Resume 7000", "7 Resume 7001", "7 Mend c", "9 Crash 7003 d", "10 Restart 7003 Torn",
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

        Assert.That(told, Is.EqualTo(new[] { "2 Impair b 1/6: cut", "2 WhenDone", "5 Impair c 7002: loss 1" }));
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
    public void Publishers_are_distinct_peers_that_begin_within_one_interval_of_the_warm_up_and_end_with_measurement()
    {
        var told = Play("", "gossip.publishers.count=3").Select(words => words.Split(' ')).ToList();

        var (begun, ended) = (told.Take(3).ToList(), told.Skip(3).ToList());
        Assert.That(begun.Select(words => $"{words[1]} {words[3]}"), Is.All.EqualTo("Inject StartPublishing"));
        Assert.That(begun.Select(words => double.Parse(words[0])), Is.All.InRange(1, 2.5));
        Assert.That(begun.Select(words => words[2]), Is.Unique);
        Assert.That(ended.Select(words => $"{words[0]} {words[3]}"), Is.All.EqualTo("21 StopPublishing"));
        Assert.That(ended.Select(words => words[2]), Is.EquivalentTo(begun.Select(words => words[2])));
    }

    [Test]
    public void A_fault_that_strikes_again_and_again_ends_in_between_and_stops_with_the_measurement()
    {
        var told = Play(
            """
            { "id": "p", "type": "pause", "atSeconds": 2, "everySeconds": 9, "durationSeconds": 1.5,
              "target": { "index": [0] } }
            """);

        Assert.That(told, Is.EqualTo(new[]
        {
            "2 Pause 7000", "3.5 Resume 7000", "11 Pause 7000", "12.5 Resume 7000", "20 Pause 7000", "21.5 Resume 7000",
        }));
    }

    [Test]
    public void A_repeated_fault_draws_its_targets_anew()
    {
        var told = Play(
            """
            { "id": "p", "type": "pause", "atSeconds": 1, "everySeconds": 1, "durationSeconds": 0.5,
              "target": { "pick": "random" } }
            """);

        var struck = told.Where(words => words.Contains("Pause")).Select(words => words[^4..]).ToList();
        Assert.That(struck, Has.Count.GreaterThan(15));
        Assert.That(struck.Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void A_fault_that_strikes_when_it_is_over_goes_on_without_a_gap()
    {
        var told = Play(
            """
            { "id": "x", "type": "linkLoss", "atSeconds": 15, "everySeconds": 5, "durationSeconds": 5,
              "lossProbability": 0.5 }
            """);

        Assert.That(told.Take(4), Is.EqualTo(new[]
        {
            "15 Impair x all: loss 0.5", "20 Mend x", "20 Impair x all: loss 0.5", "25 Mend x",
        }));
    }

    [Test]
    public void A_crash_that_lasts_is_over_when_the_process_starts_again()
    {
        var told = Play(
            """{ "id": "c", "type": "crash", "atSeconds": 2, "durationSeconds": 3, "target": { "index": [1] } }""");

        Assert.That(told, Is.EqualTo(new[] { "2 Crash 7001 c", "5 Restart 7001 Kept" }));
    }

    [Test]
    public void Where_two_faults_hold_a_node_the_end_of_one_does_not_free_it()
    {
        var told = Play(
            """
            { "id": "a", "type": "pause", "atSeconds": 1, "durationSeconds": 3, "target": { "index": [0] } },
            { "id": "b", "type": "pause", "atSeconds": 2, "durationSeconds": 4, "target": { "index": [0] } },
            { "id": "c", "type": "clockSkew", "atSeconds": 1, "durationSeconds": 4, "offsetMs": 100,
              "target": { "index": [1] } },
            { "id": "d", "type": "clockSkew", "atSeconds": 2, "durationSeconds": 1, "offsetMs": 200,
              "target": { "index": [1] } }
            """);

        Assert.That(told, Is.EqualTo(new[]
        {
            "1 Pause 7000", "1 SkewClock 7001 100 0", "2 Pause 7000", "2 SkewClock 7001 200 0",
            "3 SkewClock 7001 100 0", "4 Pause 7000", "5 SkewClock 7001 0 0", "6 Resume 7000",
        }));
    }

    [Test]
    public void A_fault_may_wait_for_an_event_of_a_node()
    {
        var told = Play(
            """
            { "id": "c", "type": "crash", "atSeconds": 1, "target": { "index": [1] },
              "afterEvent": { "event": "suspected", "occurrence": 2, "delaySeconds": 0.5 } }
            """,
            (timeline, _) =>
            {
                timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(0.5), EventKind.Suspected);
                timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(2), EventKind.Suspected);
                timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(2.5), EventKind.DeathReported);
                timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(3), EventKind.Suspected);
                timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(4), EventKind.Suspected);
            });

        Assert.That(told, Is.EqualTo(new[] { "3.5 Crash 7001 c" }), "what came before atSeconds does not count");
    }

    [Test]
    public void What_waited_for_an_event_does_not_strike_after_the_measurement()
    {
        var told = Play(
            """
            { "id": "c", "type": "crash", "target": { "index": [1] },
              "afterEvent": { "event": "suspected", "delaySeconds": 0.5 } }
            """,
            (timeline, _) => timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(20.8), EventKind.Suspected));

        Assert.That(told, Is.Empty, "warm-up and measurement end at 21 s");
    }

    [Test]
    public void A_fault_strikes_now_when_what_it_waited_for_is_told_late()
    {
        var told = Play(
            """
            { "id": "c", "type": "crash", "target": { "index": [1] }, "durationSeconds": 2,
              "afterEvent": { "event": "suspected", "delaySeconds": 0.5 } }
            """,
            (timeline, network) => network.At(
                Instant.FromSeconds(6),
                () => timeline.Observe(RunStory.Address(7003), Instant.FromSeconds(5), EventKind.Suspected)));

        Assert.That(told, Is.EqualTo(new[] { "6 Crash 7001 c", "8 Restart 7001 Kept" }), "it lasts as long as ever");
    }

    [Test]
    public void A_peer_of_a_trace_that_comes_back_while_it_leaves_is_there_to_stay()
    {
        var told = Play(
            "",
            """
            churn={ "model": "trace", "events": [
                { "seconds": 1, "peer": 0, "change": "leave" }, { "seconds": 1.5, "peer": 0, "change": "up" }] }
            """);

        Assert.That(told, Is.EqualTo(new[] { "1 Inject 7000 Leave", "1.5 Crash 7000 churn", "1.5 Restart 7000 Kept" }));
    }

    [Test]
    public void Every_word_reaches_the_network_and_is_taken_back()
    {
        var told = Play(
            """
            { "id": "slow", "type": "slowNode", "atSeconds": 1, "durationSeconds": 1, "target": { "index": [0] },
              "processingDelayMs": { "distribution": "constant", "value": 40 } },
            { "id": "skew", "type": "clockSkew", "atSeconds": 2, "durationSeconds": 1, "target": { "index": [1] },
              "offsetMs": -5000, "driftPpm": 200 },
            { "id": "cut", "type": "cut", "atSeconds": 3, "durationSeconds": 1, "direction": "oneWay",
              "from": { "index": [0] }, "to": { "pick": "rest" } },
            { "id": "delay", "type": "linkDelay", "atSeconds": 4, "durationSeconds": 1, "addLatencyMs": 300 },
            { "id": "narrow", "type": "linkBandwidth", "atSeconds": 5, "durationSeconds": 1, "bytesPerSecond": 1000 },
            { "id": "bits", "type": "corrupt", "atSeconds": 6, "durationSeconds": 1, "probability": 0.1 },
            { "id": "twice", "type": "duplicate", "atSeconds": 7, "durationSeconds": 1, "probability": 0.2 },
            { "id": "mixed", "type": "reorder", "atSeconds": 8, "durationSeconds": 1, "probability": 0.3,
              "target": { "index": [2] } },
            { "id": "flap", "type": "linkFlap", "atSeconds": 9, "durationSeconds": 5, "upSeconds": 2, "downSeconds": 1,
              "target": { "index": [3] } },
            { "id": "join", "type": "join", "atSeconds": 15, "count": 2, "ratePerSecond": 2 },
            { "id": "liar", "type": "byzantine", "atSeconds": 16, "behavior": "lyingWitness",
              "target": { "index": [0] } },
            { "id": "many", "type": "sybil", "atSeconds": 17, "count": 1 }
            """);

        Assert.That(told, Is.EqualTo(new[]
        {
            "1 SlowDown 7000 40000", "2 SlowDown 7000 0", "2 SkewClock 7001 -5000 200", "3 SkewClock 7001 0 0",
            "3 Impair cut 7000>7001,7002,7003: cut", "4 Mend cut", "4 Impair delay all: delay 300",
            "5 Mend delay", "5 Impair narrow all: bandwidth 1000", "6 Mend narrow", "6 Impair bits all: corrupt 0.1",
            "7 Mend bits", "7 Impair twice all: duplicate 0.2", "8 Mend twice", "8 Impair mixed 7002: reorder 0.3",
            "9 Mend mixed", "9 Impair flap 7003: cut", "10 Mend flap", "12 Impair flap 7003: cut", "13 Mend flap",
            "14 Mend flap", "15 Start 7004", "15.5 Start 7005", "16 Inject 7000 Misbehave LyingWitness",
            "17 Start 7006", "17 Inject 7006 Misbehave LyingWitness", "17 Inject 7006 Misbehave DropGossip",
        }));
    }

    [Test]
    public void Groups_are_settled_when_the_network_has_formed_and_articulation_points_when_the_fault_strikes()
    {
        var told = Play(
            """
            { "id": "a", "type": "crash", "atSeconds": 1, "target": { "pick": "articulationPoint", "count": 2 } },
            { "id": "b", "type": "crash", "atSeconds": 2, "target": { "group": "left" } }
            """,
            """groups=[{ "name": "left", "nodes": [{ "index": [2] }, { "role": "seed", "index": [0] }] }]""");

        Assert.That(told, Is.EqualTo(new[] { "1 Crash 7001 a", "2 Crash 7002 b", "2 Crash 6000 b" }));
    }

    /// <summary>What a network of 3 seed nodes and 4 peers, 7001 with three links, is told to do.</summary>
    private static List<string> Play(string faults, params string[] settings) => Play(faults, hear: null, settings);

    private static List<string> Play(
        string faults, Action<Timeline, ToldNetwork>? hear, params string[] settings)
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
        var timeline = new Timeline(scenario, protocol, world, network, new Deaf());
        timeline.Begin();
        hear?.Invoke(timeline, network);
        network.PlayOut();
        return network.Told;
    }

    private sealed class Deaf : ITrace
    {
        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) { }
    }
}
