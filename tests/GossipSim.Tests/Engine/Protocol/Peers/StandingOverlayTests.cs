using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Workloads that are not about joining: links that stand, and peers quiet but for what is asked.</summary>
[TestFixture]
internal sealed class StandingOverlayTests
{
    private static readonly PeerOptions quiet = new()
    {
        SeedNodes = Cast.SeedNodes(3),
        PingInterval = PeerOptions.Never,
        RefreshInterval = PeerOptions.Never,
        RepairInterval = PeerOptions.Never,
    };

    private static readonly PeerOptions beating = quiet with
    {
        PingInterval = TimeSpan.FromSeconds(1),
        PingBusyEvery = 1,
    };

    [Test]
    public void A_peer_that_stands_in_its_links_is_a_member_from_its_start_and_asks_nobody()
    {
        var hub = Started(quiet, leaves: 3);

        Assert.That(hub.Node.Epoch, Is.EqualTo(1));
        Assert.That(hub.Reported(EventKind.Joined).Single().Number, Is.EqualTo(3));
        hub.Waits(3_600);
        Assert.That(hub.Sent, Is.Empty);
        Assert.That(hub.Reported(EventKind.Suspected), Is.Empty);
    }

    [Test]
    public void It_passes_on_what_its_neighbors_send_and_nothing_of_strangers()
    {
        var hub = Started(quiet, leaves: 3);

        hub.Hears(Overlays.Peer(2), Rumor(9, 1));
        Assert.That(hub.RecipientsOf<Gossip>(), Is.EqualTo(new[] { Overlays.Peer(1), Overlays.Peer(3) }));

        hub.Hears(Overlays.Peer(77), Rumor(9, 2));
        Assert.That(hub.Reported(EventKind.GossipRefused), Has.Length.EqualTo(1));
    }

    [Test]
    public void Its_own_messages_are_of_its_first_membership()
    {
        var hub = Started(quiet, leaves: 2);

        hub.Fires(TimerKind.StartPublishing);

        Assert.That(hub.All<Gossip>().Select(gossip => gossip.Key),
            Is.EqualTo(Enumerable.Repeat(new GossipKey(Overlays.Peer(0), 1, 1), 2)));
    }

    /// <summary>Some are compared at once, together with the neighbors of whoever comes next: here the hub itself.
    /// </summary>
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(200)]
    public void Each_neighbor_is_found_at_its_place_and_nobody_else_is(int leaves)
    {
        var star = Overlays.Star(leaves);
        var places = Enumerable.Range(0, leaves).ToArray();

        Assert.That(places.Select(leaf => star.PlaceOf(Overlays.Peer(leaf + 1), Overlays.Hub)), Is.EqualTo(places));
        Assert.That(
            places.Select(leaf => star.PlaceOf(Overlays.Peer(0), Overlays.Hub + 1 + leaf)), Is.All.EqualTo(0));
        Assert.That(
            Enumerable.Range(0, leaves + 1).Select(peer => star.PlaceOf(Overlays.Peer(peer), Overlays.Hub + peer)),
            Is.All.EqualTo(-1));
        Assert.That(star.PlaceOf(Overlays.Peer(leaves + 1), Overlays.Hub), Is.EqualTo(-1));
    }

    [Test]
    public void The_next_process_at_an_address_has_to_register()
    {
        var restarted = Started(quiet, leaves: 3, start: 1);

        Assert.That(restarted.All<Register>(), Has.Length.EqualTo(1));
        Assert.That(restarted.Node.Epoch, Is.Zero);
        Assert.That(restarted.Node.TableEntries, Is.Zero);
    }

    [Test]
    public void Nobody_is_watched_where_nobody_is_pinged()
    {
        var hub = Started(quiet, leaves: 3);

        hub.LosesLinkTo(Overlays.Peer(1));
        hub.Waits(60);

        Assert.That(hub.Sent, Is.Empty);
    }

    [Test]
    public void Links_that_stand_can_end()
    {
        var hub = Started(quiet, leaves: 3);

        hub.Hears(Overlays.Peer(1), new Disconnect());
        hub.Hears(Overlays.Peer(2), Rumor(9, 1));

        Assert.That(hub.Reported(EventKind.NeighborRemoved).Single().About, Is.EqualTo(Overlays.Peer(1)));
        Assert.That(hub.RecipientsOf<Gossip>(), Is.EqualTo(new[] { Overlays.Peer(3) }));
    }

    [Test]
    public void With_busy_links_pinged_every_interval_each_neighbor_is_pinged_each_interval_at_once()
    {
        var hub = Started(beating, leaves: 3);

        for (var step = 0; step < 600; step++)
        {
            AnswersFor(hub, seconds: 0.05);
            foreach (var leaf in new[] { 1, 2, 3 })
                hub.Hears(Overlays.Peer(leaf), new Witness(Overlays.Peer(9), 1, 1, Verdict.Unknown));
        }

        var rounds = hub.Sent.Where(sending => sending.Message is Ping).GroupBy(sending => sending.Input).ToArray();
        Assert.That(rounds, Has.Length.EqualTo(30));
        Assert.That(rounds.Select(round => round.Count()), Has.All.EqualTo(3), "all in one input");
        Assert.That(rounds.SelectMany(round => round).Select(sending => sending.Message).Distinct(),
            Has.One.Items, "one object as long as it says the same");
    }

    [Test]
    public void All_pings_are_answered_with_one_object_until_the_links_change()
    {
        var hub = Started(beating, leaves: 3);
        foreach (var leaf in new[] { 1, 2, 3, 1 }) hub.Hears(Overlays.Peer(leaf), new Ping(new GossipDigest(0, 0)));
        Assert.That(hub.All<Pong>(), Has.Length.EqualTo(4));
        Assert.That(hub.All<Pong>(), Has.All.SameAs(hub.All<Pong>()[0]));

        hub.Hears(Overlays.Peer(1), new Disconnect());
        hub.Hears(Overlays.Peer(2), new Ping(new GossipDigest(0, 0)));

        Assert.That(hub.All<Pong>()[^1].Degree, Is.EqualTo(2));
        Assert.That(hub.All<Pong>()[^1].Neighbors, Is.EqualTo(new[] { Overlays.Peer(2), Overlays.Peer(3) }));
    }

    [Test]
    public void A_neighbor_that_stood_before_and_never_answers_is_suspected_like_any_other()
    {
        var hub = Started(beating, leaves: 3);

        AnswersFor(hub, seconds: 6, silent: Overlays.Peer(2));

        Assert.That(hub.Reported(EventKind.Suspected).Select(happened => happened.About),
            Is.EqualTo(new[] { Overlays.Peer(2) }));
    }

    [TestCase("0 0 0 0 1", "4")]
    [TestCase("0 0 0 0 1 1", "4", TestName = "A link with one end only is refused")]
    [TestCase("0 0 0 0 1 2", "3 3", TestName = "A link to oneself is refused")]
    [TestCase("0 0 0 0 1 2", "0 3", TestName = "A link to a seed node is refused")]
    [TestCase("0 0 0 0 1 2", "5 3", TestName = "A link to nobody is refused")]
    [TestCase("0 0 0 1 0 2", "4 3", TestName = "Offsets that go back are refused")]
    public void What_is_no_overlay_of_the_plan_is_refused(string offsets, string ends) => Assert.That(
        () => new StandingOverlay(Overlays.Plan(leaves: 1), 7, Numbers(offsets), Numbers(ends)),
        Throws.TypeOf<ArgumentException>());

    private static int[] Numbers(string text) => [.. text.Split(' ').Select(int.Parse)];

    private static RecordingHost Started(PeerOptions options, int leaves, int start = 0)
    {
        var overlay = Overlays.Star(leaves);
        var host = new RecordingHost(node => new Peer(options, node, overlay), Overlays.StartOf(0, start));
        host.Starts();
        return host;
    }

    private static void AnswersFor(RecordingHost hub, double seconds, NodeAddress silent = default)
    {
        for (var passed = 0.0; passed < seconds - 1e-9; passed += 0.05)
        {
            var before = hub.Sent.Count;
            hub.Waits(0.05);
            foreach (var sending in hub.Sent.Skip(before).Where(sending => sending.Message is Ping).ToArray())
                if (sending.To != silent) hub.Hears(sending.To, new Pong(Cast.ProcessAt(sending.To), 1, 1, [hub.Self]));
        }
    }

    private static Gossip Rumor(int origin, int number) =>
        new($"1.000:{Overlays.Peer(origin)}:{number}", Overlays.Peer(origin), 1, number, "text");
}
