using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Publishers whose process starts during the scenario publish, as stand-alone nodes do.</summary>
[TestFixture]
internal sealed class PublishersRunTests
{
    private const double Warm = 1;
    private const double Interval = 1.5;

    private static readonly string[] everybody =
        ["gossip.publishers.count=40", "gossip.maxMessagesPerPeer=1000000", "gossip.intervalMs=1500"];

    [TestCase("kept")]
    [TestCase("empty")]
    public void A_publisher_that_restarts_publishes_within_an_interval_of_its_first_link(string disk)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                $$"""
                { "id": "down", "type": "crash", "atSeconds": 4, "target": { "index": [3, 7, 11, 30] } },
                { "id": "up", "type": "restart", "atSeconds": 7, "disk": "{{disk}}", "target": { "fault": "down" } }
                """),
            everybody);

        foreach (var peer in new[] { 3, 7, 11, 30 }.Select(trial.Peer))
            AssertPublishesFrom(trial, peer, FirstLink(trial, peer, since: 7));
        Assert.That(trial.Run.Warnings, Is.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_crash_with_an_end_and_churn_bring_publishers_back_too()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """{ "id": "c", "type": "crash", "atSeconds": 4, "durationSeconds": 2, "target": { "index": [5] } }"""),
            [
                .. everybody,
                """
                churn={ "model": "trace", "events": [{ "seconds": 3, "peer": 9, "change": "down" },
                  { "seconds": 5, "peer": 9, "change": "up" }, { "seconds": 5, "peer": 12, "change": "leave" },
                  { "seconds": 8, "peer": 12, "change": "up" }] }
                """,
            ]);

        foreach (var (place, back) in new[] { (5, 6), (9, 5), (12, 8) })
            AssertPublishesFrom(trial, trial.Peer(place), FirstLink(trial, trial.Peer(place), back));
        Assert.That(trial.Run.Warnings, Is.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Peers_that_join_publish_where_all_do_and_sybils_never()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "new", "type": "join", "atSeconds": 4, "count": 5, "ratePerSecond": 2 },
                { "id": "many", "type": "sybil", "atSeconds": 5, "count": 3 }
                """),
            everybody);

        foreach (var joiner in trial.Strikes("new").Single().Strike.Groups.Single())
            AssertPublishesFrom(trial, joiner, FirstLink(trial, joiner, since: 4));
        var sybils = trial.Strikes("many").Single().Strike.Groups.Single();
        Assert.That(Published(trial).Where(message => sybils.Contains(message.Node)), Is.Empty);
        Assert.That(trial.Run.Warnings, Is.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Where_some_peers_publish_joiners_do_not_and_of_those_that_restart_the_publishers_do()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "all", "type": "crash", "atSeconds": 5, "durationSeconds": 2,
              "target": { "pick": "random", "fraction": 0.5 } },
            { "id": "new", "type": "join", "atSeconds": 4, "count": 5 }
            """));

        var before = Published(trial).Where(message => trial.SecondsOf(message) < 5).Select(message => message.Node);
        var after = Published(trial).Where(message => trial.SecondsOf(message) > 7).Select(message => message.Node);
        Assert.That(before.Distinct().Count(), Is.EqualTo(8));
        Assert.That(after.Distinct(), Is.EquivalentTo(before.Distinct()));
    }

    [Test]
    public void A_restart_before_the_planned_beginning_does_not_double_the_rate()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "c", "type": "crash", "atSeconds": 0.2, "durationSeconds": 0.2,
                  "target": { "pick": "random", "fraction": 0.5 } }
                """),
            "gossip.publishers.count=40", "gossip.maxMessagesPerPeer=1000000");

        var gaps = Published(trial).GroupBy(message => message.Node)
            .SelectMany(messages => messages.Zip(messages.Skip(1), (one, next) => (next.Now - one.Now).TotalSeconds))
            .ToList();
        Assert.That(gaps, Has.Count.GreaterThan(300));
        Assert.That(gaps, Is.All.EqualTo(Interval).Within(1e-9));
    }

    [Test]
    public void Nothing_begins_before_the_warm_up_ends_nor_after_the_measurement()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "early", "type": "crash", "atSeconds": 0.1, "durationSeconds": 0.1,
                  "target": { "index": [1] } },
                { "id": "late", "type": "crash", "atSeconds": 17, "durationSeconds": 4.5, "target": { "index": [2] } }
                """),
            [.. everybody, "phases.drainSeconds=6"]);

        var times = Published(trial).Select(trial.SecondsOf).ToList();
        Assert.That(times.Min(), Is.GreaterThanOrEqualTo(Warm));
        Assert.That(times.Max(), Is.LessThan(21), "warm-up and measurement end at 21 s");
        Assert.That(trial.Since(21.5, EventKind.Joined).Select(e => e.Node), Is.EqualTo(new[] { trial.Peer(2) }));
    }

    [Test]
    public void The_run_is_the_same_for_any_number_of_threads()
    {
        var scenario = SmallScenarios.With(
            """
            { "id": "c", "type": "crash", "atSeconds": 3, "everySeconds": 4, "durationSeconds": 2,
              "target": { "pick": "random", "fraction": 0.3 } },
            { "id": "new", "type": "join", "atSeconds": 4, "count": 8, "ratePerSecond": 3 }
            """);

        var one = ScenarioTrial.OnThreads(1, scenario, isWatched: false, everybody);
        var three = ScenarioTrial.OnThreads(3, scenario, isWatched: false, everybody);

        Assert.That(three.Run.Fingerprint, Is.EqualTo(one.Run.Fingerprint));
        Assert.That(Published(three).Select(message => message.Now), Is.EqualTo(
            Published(one).Select(message => message.Now)));
    }

    private static IReadOnlyList<ScenarioTrial.Reported> Published(ScenarioTrial trial) =>
        trial.All(EventKind.GossipPublished);

    private static double FirstLink(ScenarioTrial trial, NodeAddress peer, double since) =>
        trial.SecondsOf(trial.Since(since, EventKind.NeighborAdded).First(added => added.Node == peer));

    /// <summary>First within an interval of the link, and then one message each interval.</summary>
    private static void AssertPublishesFrom(ScenarioTrial trial, NodeAddress peer, double link)
    {
        var times = Published(trial).Where(message => message.Node == peer).Select(trial.SecondsOf)
            .Where(seconds => seconds > link).ToList();
        Assert.That(times, Has.Count.GreaterThan(4), $"{peer}");
        Assert.That(times[0], Is.InRange(link, link + Interval), $"{peer}");
        Assert.That(times.Zip(times.Skip(1), (one, next) => next - one), Is.All.EqualTo(Interval).Within(1e-6));
    }
}
