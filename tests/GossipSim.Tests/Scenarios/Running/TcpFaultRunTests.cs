using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>The faults that real sockets can do, and what becomes of those that they cannot.</summary>
[TestFixture]
internal sealed class TcpFaultRunTests
{
    private const string Target = """ "target": { "index": [2] } """;

    /// <summary>One fault of each word, without id and time.</summary>
    private static readonly string[] everyWord =
    [
        $$"""{ "type": "crash", {{Target}} }""",
        $$"""{ "type": "restart", {{Target}} }""",
        $$"""{ "type": "leave", {{Target}} }""",
        """{ "type": "join", "count": 1 }""",
        $$"""{ "type": "pause", "durationSeconds": 0.5, {{Target}} }""",
        $$"""{ "type": "slowNode", "processingDelayMs": { "distribution": "constant", "value": 5 }, {{Target}} }""",
        $$"""{ "type": "clockSkew", "offsetMs": 500, {{Target}} }""",
        """{ "type": "partition", "groups": [[{ "index": [1] }], "rest"] }""",
        """{ "type": "cut", "from": { "index": [1] }, "to": { "pick": "rest" } }""",
        """{ "type": "linkLoss", "lossProbability": 0.1 }""",
        """{ "type": "linkDelay", "addLatencyMs": 10 }""",
        """{ "type": "linkFlap", "upSeconds": 1, "downSeconds": 1 }""",
        """{ "type": "linkBandwidth", "bytesPerSecond": 10000 }""",
        """{ "type": "corrupt", "probability": 0.1 }""",
        """{ "type": "duplicate", "probability": 0.1 }""",
        """{ "type": "reorder", "probability": 0.1 }""",
        $$"""{ "type": "byzantine", "behavior": "dropGossip", {{Target}} }""",
        """{ "type": "sybil", "count": 1 }""",
    ];

    /// <summary>
    /// How late the machine acts is up to the machine; but nothing comes early, and what the file times otherwise by a
    /// tenth of a second comes before or after it.
    /// </summary>
    [Test]
    public void Peers_crash_and_come_back_on_TCP_on_time_and_by_event()
    {
        using var trial = TcpTrial.Of(
            $$"""
            { "id": "out", "type": "crash", "atSeconds": 1, "durationSeconds": 1, "target": { "index": [2] } },
            { "id": "down", "type": "crash", "atSeconds": 1, "target": { "index": [5] },
              "afterEvent": { "event": "gossipPublished", "occurrence": 2, "delaySeconds": 0.2 } },
            { "id": "later", "type": "pause", "atSeconds": 1, "durationSeconds": 0.01, "target": { "index": [0] },
              "afterEvent": { "event": "gossipPublished", "occurrence": 2, "delaySeconds": 0.3 } },
            { "id": "up", "type": "restart", "disk": "empty", "target": { "fault": "down" },
              "afterEvent": { "event": "processCrashed", "occurrence": 2, "delaySeconds": 1 } },
            {{MarkAt("a", 0.9)}}, {{MarkAt("b", 1.1)}}, {{MarkAt("c", 1.9)}}, {{MarkAt("d", 2.1)}}
            """,
            seconds: 8);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        string[] inOrder = ["a struck", "out struck", "b struck", "c struck", "out ended", "d struck"];
        Assert.That(StrikesInOrder(trial).Where(inOrder.Contains), Is.EqualTo(inOrder));
        Assert.That(trial.Strikes(EventKind.FaultStruck, "out").Single().At, Is.GreaterThanOrEqualTo(1));
        Assert.That(trial.Strikes(EventKind.FaultEnded, "out").Single().At, Is.GreaterThanOrEqualTo(2));
        var published = trial.All(EventKind.GossipPublished).Where(e => trial.SecondsOf(e) >= 1).ElementAt(1);
        var (struck, strike) = trial.Strikes(EventKind.FaultStruck, "down").Single();
        Assert.That(struck - trial.SecondsOf(published), Is.GreaterThanOrEqualTo(0.2));
        Assert.That(StrikesInOrder(trial), Has.Some.EqualTo("later struck"));
        Assert.That(StrikesInOrder(trial).TakeWhile(each => each != "later struck"), Does.Contain("down struck"));
        Assert.That(strike.Groups.Single(), Is.EqualTo(new[] { trial.Peer(5) }));
        var again = trial.All(EventKind.Registered).Where(e => e.Event.Number == 2).Select(e => e.Node);
        Assert.That(again, Is.EquivalentTo(new[] { trial.Peer(2), trial.Peer(5) }));
        AssertAllLive(trial, 8);
    }

    [Test]
    public void Peers_join_on_TCP_one_after_another()
    {
        using var trial = TcpTrial.Of(
            """{ "id": "crowd", "type": "join", "atSeconds": 1, "count": 4, "ratePerSecond": 5 }""",
            seconds: 6, newcomers: 4);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        var newcomers = Enumerable.Range(8, 4).Select(trial.Peer).ToList();
        var strike = trial.Strikes(EventKind.FaultStruck, "crowd").Single().Strike;
        Assert.That(strike.Groups.Single(), Is.EqualTo(newcomers));
        var started = trial.All(EventKind.ProcessStarted).Where(e => newcomers.Contains(e.Node)).ToList();
        Assert.That(started.Select(e => e.Node), Is.EqualTo(newcomers));
        for (var place = 0; place < 4; place++)
            Assert.That(trial.SecondsOf(started[place]), Is.GreaterThanOrEqualTo(1 + (0.2 * place)), $"number {place}");
        Assert.That(newcomers, Is.SubsetOf(trial.All(EventKind.Joined).Select(e => e.Node)));
        AssertAllLive(trial, 12);
    }

    [Test]
    public void Liars_lie_on_TCP_and_remove_nobody()
    {
        using var trial = TcpTrial.Of(
            """
            { "id": "drop", "type": "byzantine", "atSeconds": 1, "behavior": "dropGossip", "target": { "index": [0] } },
            { "id": "accuse", "type": "byzantine", "atSeconds": 1, "behavior": "falseDeadReport",
              "target": { "index": [3] }, "victim": { "index": [6] } },
            { "id": "many", "type": "sybil", "atSeconds": 1, "count": 2 }
            """,
            seconds: 6, newcomers: 2);

        Assert.That(trial.Summary.GetProperty("detection").GetProperty("falseRemovals").GetInt32(), Is.Zero);
        Assert.That(trial.Summary.GetProperty("invariants").GetProperty("violated").GetArrayLength(), Is.Zero);
        // It lied before anybody could hear of what was published later; what it publishes itself has made one hop.
        var later = trial.All(EventKind.GossipPublished).Where(e => trial.HasStruck("drop", before: e)).Select(IdOf);
        var passedOn = trial.All(EventKind.GossipDelivered)
            .Where(e => e.About == trial.Peer(0) && e.Event.Number > 1).Select(IdOf);
        Assert.That(later, Is.Not.Empty);
        Assert.That(passedOn.Intersect(later), Is.Empty);
        Assert.That(trial.All(EventKind.ReportHeard).Select(e => e.About), Is.Not.Empty.And.All.EqualTo(trial.Peer(6)));
        Assert.That(trial.All(EventKind.Joined).Select(e => e.Node), Does.Contain(trial.Peer(8)));
        Assert.That(
            trial.All(EventKind.GossipDelivered).Where(e => e.About == trial.Peer(8) || e.About == trial.Peer(9)),
            Is.Empty);
        AssertAllLive(trial, 10);
    }

    [Test]
    public void A_partition_on_TCP_has_one_side_removed_until_it_heals() =>
        TcpPartitions.AssertOneSideIsRemovedAndComesBack();

    [Test]
    public void Links_on_TCP_are_as_long_and_as_bad_and_nodes_as_slow_and_wrong_as_the_scenario_says() =>
        TcpWeather.AssertMessagesTakeWhatTheModelAndTheFaultsSay();

    [Test]
    public void A_peer_whom_no_peer_hears_is_suspected_on_TCP_and_not_removed()
    {
        using var trial = TcpTrial.Of(
            """
            { "id": "mute", "type": "cut", "atSeconds": 2, "durationSeconds": 8, "direction": "oneWay",
              "from": { "index": [2] }, "to": { "pick": "rest" } }
            """,
            seconds: 18);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        var (from, to) = (trial.Strikes(EventKind.FaultStruck, "mute").Single().At + 2,
            trial.Strikes(EventKind.FaultEnded, "mute").Single().At);
        var during = trial.All(EventKind.GossipDelivered)
            .Where(e => trial.SecondsOf(e) > from && trial.SecondsOf(e) < to).ToList();
        Assert.That(during.Where(e => e.About == trial.Peer(2)), Is.Empty, "nobody hears it");
        Assert.That(during.Where(e => e.Node == trial.Peer(2)), Is.Not.Empty, "it hears the others");
        Assert.That(trial.All(EventKind.Suspected).Select(e => e.About), Does.Contain(trial.Peer(2)));
        var summary = trial.Summary;
        Assert.That(summary.GetProperty("membership").GetProperty("changes").GetInt32(), Is.EqualTo(8));
        Assert.That(summary.GetProperty("detection").GetProperty("unreachableRemovals").GetInt32(), Is.Zero);
        AssertAllLive(trial, 8);
    }

    [Test]
    public void Sessions_and_arrivals_work_on_TCP()
    {
        using var trial = TcpTrial.Of(
            """{ "id": "crowd", "type": "join", "atSeconds": 1, "count": 2 }""",
            seconds: 7, newcomers: 12, settings:
            [
                """
                churn={ "model": "arrivals", "ratePerSecond": 2, "mostArrivals": 10,
                  "sessionSeconds": { "distribution": "weibull", "scale": 2, "shape": 2 },
                  "departure": { "crashFraction": 0.5, "leaveFraction": 0.5 } }
                """,
                "expectations=[]",
            ]);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        var started = trial.All(EventKind.ProcessStarted).Select(e => e.Node).ToList();
        Assert.That(started, Is.Unique);
        Assert.That(started, Has.Count.InRange(3 + 8 + 2 + 5, 3 + 8 + 2 + 10));
        Assert.That(trial.All(EventKind.ProcessCrashed).Select(e => e.Event.Detail),
            Is.Not.Empty.And.All.EqualTo("churn"));
        Assert.That(trial.Summary.GetProperty("detection").GetProperty("falseRemovals").GetInt32(), Is.Zero);
    }

    [Test]
    public void Every_word_that_sockets_cannot_do_is_refused_with_strict_and_no_other()
    {
        var words = everyWord.Select(WordOf).ToList();
        Assert.That(words, Is.EqualTo(FaultWords.All));
        using var folder = new ScenarioFolder();

        foreach (var (fault, word) in everyWord.Zip(words))
        {
            var scenario = folder.Load(SmallScenarios.With(Placed(fault, 0), peers: 8), "runtime=tcp");
            var isLeftOut = scenario.Faults.Single().IsSimulatorOnly;
            var messages = new StringWriter();
            Action strict = () => TcpLimits.Check(scenario, isStrict: true, messages);
            if (isLeftOut)
                Assert.That(strict, Throws.TypeOf<UsageException>().With.Message.Contains($"the fault f0 ({word})"));
            else
                Assert.That(strict, Throws.Nothing);
            Assert.That(messages.ToString(), Is.Empty);
        }
    }

    [Test]
    public void What_sockets_cannot_do_is_left_out_with_a_note_and_the_rest_is_done()
    {
        using var trial = TcpTrial.Of(
            string.Join(",\n", everyWord.Select(Placed)), seconds: 4, newcomers: 2, settings: ["expectations=[]"]);

        var struck = trial.All(EventKind.FaultStruck).Select(e => ((FaultStrike)e.Event.Detail!).Word).ToList();
        Assert.That(
            struck, Is.EqualTo(new[]
            {
                "crash", "restart", "leave", "join", "pause", "slowNode", "clockSkew", "partition", "cut", "linkLoss",
                "linkDelay", "linkFlap", "linkBandwidth", "corrupt", "byzantine", "sybil",
            }));
        var leftOut = FaultWords.All.Except(struck).ToList();
        Assert.That(leftOut, Is.EqualTo(new[] { "duplicate", "reorder" }), "TCP's own promise");
        foreach (var word in leftOut) Assert.That(trial.Words, Does.Contain($"({word})"));
        Assert.That(trial.Words, Does.Contain("will be left out"));
        Assert.That(trial.Summary.GetProperty("invariants").GetProperty("violated").GetArrayLength(), Is.Zero);
    }

    /// <summary>A pause that is over at once: it marks a moment among those of other faults.</summary>
    private static string MarkAt(string id, double seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        { "id": "{{id}}", "type": "pause", "atSeconds": {{seconds}}, "durationSeconds": 0.01,
          "target": { "index": [0] } }
        """);

    private static List<string> StrikesInOrder(TcpTrial trial) =>
    [
        .. trial.Events.Where(e => e.Kind is EventKind.FaultStruck or EventKind.FaultEnded).Select(e =>
            $"{((FaultStrike)e.Event.Detail!).FaultId} {(e.Kind == EventKind.FaultStruck ? "struck" : "ended")}"),
    ];

    private static string IdOf(LoggedEvent e) => ((LoggedGossip)e.Event.Detail!).Id;

    private static string WordOf(string fault) => fault.Split('"')[3];

    private static string Placed(string fault, int place) =>
        fault.Replace("{ \"type\"", $"{{ \"id\": \"f{place}\", \"atSeconds\": 1, \"type\"", StringComparison.Ordinal);

    private static void AssertAllLive(TcpTrial trial, int peers)
    {
        var summary = trial.Summary;
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(peers));
        Assert.That(summary.GetProperty("membership").GetProperty("seedsAgree").GetBoolean(), Is.True);
        Assert.That(summary.GetProperty("overlay").GetProperty("largestComponentFraction").GetDouble(), Is.EqualTo(1));
    }
}
