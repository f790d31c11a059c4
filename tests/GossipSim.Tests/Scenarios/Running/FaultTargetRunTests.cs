using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Whom faults strike in whole runs: every way to name nodes, as the log resolves it.</summary>
[TestFixture]
internal sealed class FaultTargetRunTests
{
    [Test]
    public void Peers_with_the_most_links_are_those_of_the_moment()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "first", "type": "crash", "atSeconds": 2, "target": { "pick": "highestDegree", "count": 2 } },
            { "id": "second", "type": "crash", "atSeconds": 12, "target": { "pick": "highestDegree", "count": 2 } }
            """));

        foreach (var id in new[] { "first", "second" })
        {
            var (at, strike) = trial.Strikes(id).Single();
            var degrees = DegreesAt(trial, at);
            var struck = strike.Groups.Single();
            Assert.That(struck, Has.Length.EqualTo(2));
            var lowest = struck.Min(peer => degrees[peer]);
            Assert.That(degrees.Where(d => !struck.Contains(d.Key)).Max(d => d.Value), Is.LessThanOrEqualTo(lowest));
        }

        Assert.That(trial.Strikes("first")[0].Strike.Groups[0], Is.Not.EquivalentTo(
            trial.Strikes("second")[0].Strike.Groups[0]));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_fraction_at_random_strikes_so_many_of_those_that_live()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "half", "type": "crash", "atSeconds": 3, "target": { "pick": "random", "fraction": 0.5 } },
            { "id": "quarter", "type": "pause", "atSeconds": 4, "durationSeconds": 1,
              "target": { "pick": "random", "fraction": 0.25 } },
            { "id": "seed", "type": "pause", "atSeconds": 6, "durationSeconds": 1,
              "target": { "role": "seed", "pick": "random" } }
            """));

        var half = trial.Strikes("half").Single().Strike.Groups.Single();
        var quarter = trial.Strikes("quarter").Single().Strike.Groups.Single();
        Assert.That((half.Distinct().Count(), quarter.Distinct().Count()), Is.EqualTo((20, 5)));
        Assert.That(half.Intersect(quarter), Is.Empty);
        Assert.That(trial.All(EventKind.ProcessCrashed).Select(e => e.Node), Is.EqualTo(half));
        Assert.That(trial.Plan.SeedNodeAddresses(), Does.Contain(
            trial.Strikes("seed").Single().Strike.Groups.Single().Single()));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void An_articulation_point_is_a_peer_without_which_the_overlay_falls_apart()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """{ "id": "cut", "type": "crash", "atSeconds": 5, "target": { "pick": "articulationPoint" } }""",
                peers: 12),
            "overlay.linksPerJoin=1", "overlay.repair.minDegree=1");

        var struck = trial.Strikes("cut").Single().Strike.Groups.Single().Single();
        Assert.That(ComponentsAt(trial, 5, without: struck), Is.GreaterThan(1));
        Assert.That(trial.All(EventKind.ProcessCrashed).Single().Node, Is.EqualTo(struck));
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Addresses_indices_groups_and_other_faults_nodes_are_named_ones()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "address", "type": "pause", "atSeconds": 2, "durationSeconds": 1,
                  "target": { "address": "127.0.0.1:7005" } },
                { "id": "index", "type": "pause", "atSeconds": 2, "durationSeconds": 1, "target": { "index": [9, 6] } },
                { "id": "group", "type": "crash", "atSeconds": 4, "target": { "group": "west" } },
                { "id": "fault", "type": "restart", "atSeconds": 7, "target": { "fault": "group" } }
                """),
            """groups=[{ "name": "west", "nodes": [{ "pick": "random", "count": 3 }, { "index": [30] }] }]""");

        NodeAddress[] Of(string id) => trial.Strikes(id).Single().Strike.Groups.Single();
        Assert.That(Of("address"), Is.EqualTo(new[] { trial.Peer(5) }));
        Assert.That(Of("index"), Is.EqualTo(new[] { trial.Peer(9), trial.Peer(6) }));
        Assert.That(Of("group"), Has.Length.EqualTo(4).And.Contain(trial.Peer(30)).And.Unique);
        Assert.That(Of("fault"), Is.EqualTo(Of("group")));
        Assert.That(trial.Since(7, EventKind.ProcessStarted).Select(e => e.Node), Is.EqualTo(Of("group")));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void The_rest_is_everybody_of_that_role_who_is_not_named_before()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "gone", "type": "crash", "atSeconds": 2, "target": { "index": [30, 31] } },
            { "id": "cut", "type": "cut", "atSeconds": 4, "durationSeconds": 1, "from": { "index": [2, 3] },
              "to": { "pick": "rest" } }
            """));

        var groups = trial.Strikes("cut").Single().Strike.Groups;
        Assert.That(groups[0], Is.EqualTo(new[] { trial.Peer(2), trial.Peer(3) }));
        var others = Enumerable.Range(0, 40).Where(place => place is not (2 or 3 or 30 or 31)).Select(trial.Peer);
        Assert.That(groups[1], Is.EqualTo(others));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Newcomers_are_targets_when_they_have_come()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "new", "type": "join", "atSeconds": 2, "count": 3 },
            { "id": "gone", "type": "crash", "atSeconds": 8, "target": { "fault": "new" } },
            { "id": "all", "type": "pause", "atSeconds": 7, "durationSeconds": 0.5,
              "target": { "pick": "random", "fraction": 1 } }
            """));

        var newcomers = trial.Strikes("new").Single().Strike.Groups.Single();
        Assert.That(newcomers, Is.EqualTo(new[] { trial.Peer(40), trial.Peer(41), trial.Peer(42) }));
        Assert.That(trial.All(EventKind.ProcessCrashed).Select(e => e.Node), Is.EqualTo(newcomers));
        Assert.That(trial.Strikes("all").Single().Strike.Groups.Single(), Has.Length.EqualTo(43));
        Assert.That(trial.Violations, Is.Empty);
    }

    private static HashSet<(NodeAddress One, NodeAddress Other)> LinksAt(ScenarioTrial trial, double seconds)
    {
        var links = new HashSet<(NodeAddress, NodeAddress)>();
        foreach (var e in trial.Events.Where(e => trial.SecondsOf(e) < seconds))
        {
            if (e.Kind == EventKind.NeighborAdded) links.Add((e.Node, e.Event.About));
            if (e.Kind == EventKind.NeighborRemoved) links.Remove((e.Node, e.Event.About));
            if (e.Kind == EventKind.ProcessCrashed) links.RemoveWhere(link => link.Item1 == e.Node);
        }

        return links;
    }

    /// <summary>Of the peers that run.</summary>
    private static Dictionary<NodeAddress, int> DegreesAt(ScenarioTrial trial, double seconds)
    {
        var dead = trial.All(EventKind.ProcessCrashed).Where(e => trial.SecondsOf(e) < seconds).Select(e => e.Node);
        var degrees = Enumerable.Range(0, 40).Select(trial.Peer).Except(dead).ToDictionary(peer => peer, _ => 0);
        foreach (var (peer, _) in LinksAt(trial, seconds)) degrees[peer]++;
        return degrees;
    }

    private static int ComponentsAt(ScenarioTrial trial, double seconds, NodeAddress without)
    {
        var links = LinksAt(trial, seconds);
        var left = links.Select(link => link.One).Where(peer => peer != without).ToHashSet();
        var components = 0;
        for (; left.Count > 0; components++)
        {
            var open = new Stack<NodeAddress>([left.First()]);
            while (open.TryPop(out var peer))
            {
                if (!left.Remove(peer)) continue;
                foreach (var link in links.Where(link => link.One == peer && left.Contains(link.Other)))
                    open.Push(link.Other);
            }
        }

        return components;
    }
}
