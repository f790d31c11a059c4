using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What faults of links do to whole runs, as nodes report it, and that all is well afterwards.</summary>
[TestFixture]
internal sealed class LinkFaultRunTests
{
    /// <summary>What was under way when a fault began is not its own; the latencies here stay below it.</summary>
    private const double Flight = 0.25;

    [Test]
    public void A_partition_lets_nothing_cross_between_its_groups_and_everything_within_them()
    {
        var trial = Busy(
            """
            { "id": "split", "type": "partition", "atSeconds": 4, "durationSeconds": 2, "groups": [
                [{ "role": "seed", "index": [0] }, { "pick": "random", "count": 15 }], "rest"] }
            """);

        var groups = trial.Strikes("split").Single().Strike.Groups;
        Assert.That(groups.Select(group => group.Length), Is.EqualTo(new[] { 16, 27 }));
        var side = groups[0].ToHashSet();
        var during = Received(trial, 4 + Flight, 6);
        Assert.That(during.Where(e => side.Contains(e.From) != side.Contains(e.To)), Is.Empty);
        Assert.That(during.Count(e => side.Contains(e.From)), Is.Positive);
        Assert.That(during.Count(e => !side.Contains(e.From)), Is.Positive);
        Assert.That(
            Received(trial, 6 + Flight, 20).Where(e => side.Contains(e.From) != side.Contains(e.To)), Is.Not.Empty);
        AssertWell(trial);
    }

    [TestCase("oneWay")]
    [TestCase("bothWays")]
    public void A_cut_stops_one_direction_or_both(string direction)
    {
        var trial = Busy(
            $$"""
            { "id": "cut", "type": "cut", "atSeconds": 4, "durationSeconds": 2, "direction": "{{direction}}",
              "from": { "index": [0, 1, 2] }, "to": { "pick": "rest" } }
            """);

        var strike = trial.Strikes("cut").Single().Strike;
        var from = strike.Groups[0].ToHashSet();
        var during = Received(trial, 4 + Flight, 6).Where(e => from.Contains(e.From) != from.Contains(e.To)).ToList();
        var outward = during.Count(e => from.Contains(e.From));
        var inward = during.Count(e => from.Contains(e.To));
        Assert.That(outward, Is.Zero);
        Assert.That(strike.OneWay, Is.EqualTo(direction == "oneWay"));
        if (strike.OneWay) Assert.That(inward, Is.Positive);
        else Assert.That(inward, Is.Zero);
        var before = Received(trial, 2, 4).ToList();
        Assert.That(before.Count(e => from.Contains(e.From) && !from.Contains(e.To)), Is.Positive);
        Assert.That(trial.Endings("cut").Single().At, Is.EqualTo(6));
        AssertWell(trial);
    }

    [Test]
    public void A_cut_that_lasts_ends_links_and_removes_who_cannot_answer_and_they_come_back()
    {
        var trial = Busy(
            """
            { "id": "cut", "type": "cut", "atSeconds": 3, "durationSeconds": 12, "direction": "oneWay",
              "from": { "index": [5] }, "to": { "pick": "rest" } },
            { "id": "seeds", "type": "cut", "atSeconds": 3, "durationSeconds": 12, "direction": "oneWay",
              "from": { "index": [5] }, "to": { "role": "seed", "pick": "rest" } }
            """);

        var detection = trial.Measure().Detection;
        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((0, 1)));
        Assert.That(trial.Since(15, EventKind.Registered).Single().Node, Is.EqualTo(trial.Peer(5)));
        AssertWell(trial);
    }

    [Test]
    public void Added_latency_is_on_every_hop_of_the_links_it_strikes_and_on_no_other()
    {
        var trial = Busy(
            """
            { "id": "far", "type": "linkDelay", "atSeconds": 4, "durationSeconds": 3, "addLatencyMs": 230,
              "target": { "index": [0] } }
            """);

        var hub = trial.Peer(0);
        bool IsStruck(ScenarioTrial.Crossing hop) => hop.From == hub || hop.To == hub;
        var during = FirstHops(trial, 4, 6);
        Assert.That(during.Where(IsStruck).Select(hop => hop.Seconds), Is.Not.Empty.And.All.GreaterThan(0.23));
        Assert.That(during.Where(hop => !IsStruck(hop)).Select(hop => hop.Seconds),
            Is.Not.Empty.And.All.LessThan(0.23));
        Assert.That(FirstHops(trial, 8, 20).Select(hop => hop.Seconds), Is.All.LessThan(0.23));
        AssertWell(trial);
    }

    [Test]
    public void Lost_messages_come_later_by_the_times_after_which_TCP_sends_again()
    {
        var trial = Busy(
            """
            { "id": "rain", "type": "linkLoss", "atSeconds": 4, "durationSeconds": 4, "lossProbability": 0.2 }
            """);

        double LateShare(double from, double to) =>
            FirstHops(trial, from, to).Average(hop => hop.Seconds > 0.2 ? 1 : 0);
        Assert.That(LateShare(1, 3.5), Is.Zero);
        Assert.That(LateShare(4, 7), Is.InRange(0.05, 0.35));
        Assert.That(LateShare(9, 20), Is.Zero);
        AssertWell(trial);
    }

    [Test]
    public void Links_that_flap_are_down_first_then_up_then_down()
    {
        var trial = Busy(
            """
            { "id": "flap", "type": "linkFlap", "atSeconds": 4, "durationSeconds": 5, "downSeconds": 1, "upSeconds": 1,
              "target": { "index": [0] } }
            """);

        var hub = trial.Peer(0);
        int Through(double from, double to) =>
            Received(trial, from, to).Count(e => e.From == hub || e.To == hub);
        foreach (var down in new[] { 4, 6, 8 }) Assert.That(Through(down + Flight, down + 1), Is.Zero, $"{down}");
        foreach (var up in new[] { 2, 5, 7, 10 }) Assert.That(Through(up, up + 1), Is.Positive, $"{up}");
        Assert.That(trial.Strikes("flap").Single().At, Is.EqualTo(4));
        Assert.That(trial.Endings("flap").Single().At, Is.EqualTo(9));
        AssertWell(trial);
    }

    [Test]
    public void On_narrow_links_each_message_takes_its_length()
    {
        var trial = Busy(
            """
            { "id": "thin", "type": "linkBandwidth", "atSeconds": 4, "durationSeconds": 3, "bytesPerSecond": 1500,
              "target": { "index": [9] } }
            """,
            "gossip.payloadBytes=300");

        var thin = trial.Peer(9);
        bool IsStruck(ScenarioTrial.Crossing hop) => hop.From == thin || hop.To == thin;
        var during = trial.Crossings(4, 6);
        Assert.That(during.Where(IsStruck).Select(hop => hop.Seconds), Is.Not.Empty.And.All.GreaterThan(0.2));
        Assert.That(during.Where(hop => !IsStruck(hop) && hop.Hops == 1).Select(hop => hop.Seconds),
            Is.Not.Empty.And.All.LessThan(0.2));
        Assert.That(FirstHops(trial, 9, 20).Select(hop => hop.Seconds), Is.All.LessThan(0.2));
        AssertWell(trial);
    }

    [Test]
    public void Damaged_messages_are_refused_and_cost_the_link()
    {
        var trial = Busy(
            """
            { "id": "bits", "type": "corrupt", "atSeconds": 4, "durationSeconds": 4, "probability": 0.03,
              "target": { "index": [0, 1] } }
            """);

        var struck = trial.Strikes("bits").Single().Strike.Groups.Single();
        var refused = trial.All(EventKind.InputRefused);
        Assert.That(refused, Is.Not.Empty);
        foreach (var e in refused)
        {
            Assert.That(trial.SecondsOf(e), Is.InRange(4, 8 + Flight));
            Assert.That(struck.Contains(e.Node) || struck.Contains(e.Event.About), Is.True, $"{e.Node}");
        }

        Assert.That(trial.Measure().Detection.UnreachableRemovals, Is.Zero);
        AssertWell(trial);
    }

    [Test]
    public void Duplicated_messages_come_twice_over_the_same_link()
    {
        var trial = Busy(
            """
            { "id": "twice", "type": "duplicate", "atSeconds": 4, "durationSeconds": 4, "probability": 0.3,
              "target": { "index": [0] } }
            """);

        var twice = Copies(trial).GroupBy(copy => (copy.From, copy.To, copy.Key)).Where(same => same.Count() > 1)
            .ToList();
        Assert.That(twice, Is.Not.Empty);
        foreach (var same in twice)
        {
            Assert.That(same.Key.From == trial.Peer(0) || same.Key.To == trial.Peer(0), Is.True);
            Assert.That(same.Max(copy => copy.At), Is.InRange(4, 8 + Flight));
        }

        AssertWell(trial);
    }

    [Test]
    public void Reordered_messages_overtake_each_other_on_the_links_that_are_struck()
    {
        var trial = Busy(
            """
            { "id": "mixed", "type": "reorder", "atSeconds": 4, "durationSeconds": 6, "probability": 0.5,
              "target": { "index": [0, 1] } }
            """);

        var overtaken = Overtaken(trial).ToList();
        Assert.That(overtaken, Is.Not.Empty);
        foreach (var (from, to, at) in overtaken)
        {
            Assert.That(at, Is.InRange(4, 10 + Flight));
            NodeAddress[] struck = [trial.Peer(0), trial.Peer(1)];
            Assert.That(struck.Contains(from) || struck.Contains(to), Is.True);
        }

        AssertWell(trial);
    }

    /// <summary>Forty peers, twenty of which publish every 200 ms.</summary>
    private static ScenarioTrial Busy(string fault, params string[] settings) => ScenarioTrial.Of(
        SmallScenarios.With(fault),
        [
            "gossip.intervalMs=200", "gossip.maxMessagesPerPeer=100000", "gossip.publishers.count=20",
            "network.latency={ \"distribution\": \"uniform\", \"fromMs\": 10, \"toMs\": 60 }", .. settings,
        ]);

    /// <summary>One overlay, one list, everybody a member, no promise broken.</summary>
    private static void AssertWell(ScenarioTrial trial)
    {
        var measured = trial.Measure();
        Assert.That(trial.Violations, Is.Empty);
        Assert.That(measured.Detection.FalseRemovals, Is.Zero);
        Assert.That(measured.Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(measured.Membership.SeedsAgree, Is.True);
        Assert.That(trial.World.Nodes.All.Count(node => node is { IsSeedNode: false, IsRegistered: true }),
            Is.EqualTo(40));
    }

    private static List<ScenarioTrial.Crossing> FirstHops(ScenarioTrial trial, double from, double to) =>
        [.. trial.Crossings(from, to).Where(crossing => crossing.Hops == 1)];

    private static List<Copy> Received(ScenarioTrial trial, double from, double to) =>
        [.. Copies(trial).Where(copy => copy.At >= from && copy.At < to)];

    /// <summary>Every copy of a message that came, the first one or a later one, in order of arrival.</summary>
    private static IEnumerable<Copy> Copies(ScenarioTrial trial) => trial.Events
        .Where(e => e.Kind is EventKind.GossipDelivered or EventKind.GossipDuplicate)
        .Select(e => new Copy(
            e.Event.About, e.Node, ((Gossip)e.Event.Detail!).Key, trial.SecondsOf(e),
            ((Gossip)e.Event.Detail!).Recovered));

    /// <summary>A peer passes on in the order of its own receipts, and so do copies come.</summary>
    private static IEnumerable<(NodeAddress From, NodeAddress To, double At)> Overtaken(ScenarioTrial trial)
    {
        var order = new Dictionary<(NodeAddress, GossipKey), int>();
        foreach (var e in trial.Events)
        {
            if (e.Kind is EventKind.GossipDelivered or EventKind.GossipPublished)
                order.TryAdd((e.Node, ((Gossip)e.Event.Detail!).Key), order.Count);
        }

        var latest = new Dictionary<(NodeAddress, NodeAddress), int>();
        foreach (var copy in Copies(trial).Where(copy => !copy.IsRecovered))
        {
            var place = order[(copy.From, copy.Key)];
            var link = (copy.From, copy.To);
            if (place < latest.GetValueOrDefault(link, -1)) yield return (copy.From, copy.To, copy.At);
            else latest[link] = place;
        }
    }

    private readonly record struct Copy(
        NodeAddress From, NodeAddress To, GossipKey Key, double At, bool IsRecovered);
}
