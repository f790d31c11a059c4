using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Overlays in which a plan names every link.</summary>
[TestFixture]
internal sealed class PlannedOverlayTests
{
    private static readonly AddressPlan Plan = new(Cast.SeedNode(0), 3, Cast.Peer(0), 100);

    // The joining peer is number 50.
    private static readonly NodeAddress Before = Cast.Peer(49);
    private static readonly NodeAddress After = Cast.Peer(51);

    [Test]
    public void A_joining_peer_dials_its_planned_neighbors_and_nobody_else_whatever_their_age()
    {
        var stage = Joining(Picks.Older(9, 9, 9));

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Before, After }));
        stage.IsAcceptedBy(Before);
        stage.Host.Hears(After, new Refuse([PeerStage.Entry(Cast.Peer(0))]));

        Assert.That(stage.Host.Reported(EventKind.Joined).Single().Number, Is.EqualTo(1));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Has.Length.EqualTo(2), "who is to come will dial");
    }

    [Test]
    public void A_missing_planned_neighbor_is_dialed_at_each_repair()
    {
        var stage = Joining();
        stage.IsAcceptedBy(Before);
        stage.Host.LosesLinkTo(After);
        stage.Host.TurnsPage();

        stage.WaitsWhile(5, Before);

        var dialed = stage.Host.RecipientsOf<Connect>();
        Assert.That(dialed, Has.All.EqualTo(After));
        Assert.That(dialed, Has.Length.InRange(2, 5));
        Assert.That(stage.Host.All<GetPeerList>(), Is.Empty, "nobody else is wanted");
    }

    [Test]
    public void A_removed_planned_neighbor_is_replaced_by_somebody_older_and_back_at_a_later_epoch()
    {
        var stage = Joining();
        stage.IsAcceptedBy(Before, joinStamp: PeerStage.BornAt + 1);
        stage.IsAcceptedBy(After, joinStamp: PeerStage.BornAt + 2);
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(Before).AsRemoved(), null));
        stage.WaitsWhile(3, After);
        Assert.That(
            stage.Host.All<GetPeerList>().Select(asked => asked.Purpose), Has.All.EqualTo(PeerListPurpose.Oldest));
        stage.Hears(Cast.SeedNode(0), PeerListPurpose.Oldest, PeerStage.Entry(Cast.Peer(3)));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(3) }));
        stage.IsAcceptedBy(Cast.Peer(3));
        stage.IsAskedBy(Before, joinStamp: 300, epoch: 2);

        Assert.That(stage.Neighbors(), Is.EquivalentTo(new[] { Before, After, Cast.Peer(3) }));
    }

    [Test]
    public void A_peer_that_registers_again_dials_also_who_was_removed_before()
    {
        var stage = Joining();
        stage.IsAcceptedBy(Before);
        stage.IsAcceptedBy(After);
        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(Before).AsRemoved(), null));
        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(stage.Self).AsRemoved(), null));
        stage.Host.TurnsPage();

        stage.Host.Waits(stage.Options.RegisterTimeout);
        stage.IsAcknowledged(epoch: 2, joinStamp: 400);
        stage.ReadsFromAMajority();

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Before, After }));
    }

    [Test]
    public void Who_has_no_place_in_the_plan_chooses_among_all_alike()
    {
        var options = new PeerOptions { SeedNodes = [], OverlayRule = Planned(peers: 40) };

        var picks = Picks.Of(options, 4000, Picks.Older(9, 1, 5, 1, 1, 1));

        Assert.That(picks, Has.All.Length.EqualTo(3));
        var counts = Picks.Count(picks.SelectMany(pick => pick), 6);
        Picks.AssertShares(counts, Enumerable.Repeat(1.0 / 6, 6).ToArray(), spread: 3.0 / 5);
    }

    [Test]
    public void A_plan_knows_its_peers_and_both_ends_of_each_link()
    {
        var overlay = new PlannedOverlay(Plan, 4, [(2, 0), (1, 2)]);

        Assert.That(overlay.NeighborsOf(Cast.Peer(2)).ToArray(), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(overlay.NeighborsOf(Cast.Peer(1)).ToArray(), Is.EqualTo(new[] { 2 }));
        Assert.That(overlay.NeighborsOf(Cast.Peer(3)).ToArray(), Is.Empty);
        Assert.That(overlay.HasPlaceFor(Cast.Peer(3)), Is.True);
        Assert.That(overlay.HasPlaceFor(Cast.Peer(4)), Is.False);
        Assert.That(overlay.HasPlaceFor(Cast.SeedNode(2)), Is.False);
        Assert.That(overlay.HasPlaceFor(NodeAddress.Parse("10.0.0.1:7001")), Is.False);
    }

    [TestCase(0, 0)]
    [TestCase(0, 4)]
    [TestCase(-1, 2)]
    [TestCase(1, 0)]
    public void A_link_of_nobody_or_a_second_one_is_a_mistake(int one, int other) => Assert.That(
        () => new PlannedOverlay(Plan, 4, [(0, 1), (one, other)]), Throws.ArgumentException);

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(3, 3)]
    [TestCase(100, 100)]
    public void A_ring_has_as_many_links_as_peers(int peers, int links)
    {
        var ring = Ring.Links(peers);

        Assert.That(ring, Has.Count.EqualTo(links));
        if (peers > 2) Assert.That(DegreesOf(ring, peers), Has.All.EqualTo(2));
    }

    [TestCase(5, 2, 10)]
    [TestCase(5, 9, 10)]
    [TestCase(6, 3, 15)]
    [TestCase(100, 3, 300)]
    public void A_small_world_without_rewiring_is_a_lattice(int peers, int reach, int links)
    {
        var lattice = SmallWorld.Links(peers, reach, rewiringProbability: 0, randomSeed: 1);

        Assert.That(lattice, Has.Count.EqualTo(links));
        Assert.That(() => new PlannedOverlay(Plan, peers, lattice), Throws.Nothing, "no link is there twice");
        Assert.That(DegreesOf(lattice, peers), Has.All.EqualTo(2 * links / peers));
    }

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(1)]
    public void Rewiring_moves_its_share_of_the_links_and_each_peer_keeps_its_own(double probability)
    {
        const int Peers = 2000, Reach = 3;
        var plan = new AddressPlan(Cast.SeedNode(0), 3, Cast.Peer(0), Peers);
        var before = SmallWorld.Links(Peers, Reach, 0, randomSeed: 5);

        var links = SmallWorld.Links(Peers, Reach, probability, randomSeed: 5);

        Assert.That(() => new PlannedOverlay(plan, Peers, links), Throws.Nothing, "no link is there twice");
        Assert.That(links.Select(link => link.One), Is.EqualTo(before.Select(link => link.One)));
        var moved = links.Zip(before, (one, other) => one != other).Count(isMoved => isMoved);
        // Binomial(6000, p), less what is drawn back to where it was.
        var deviation = Math.Sqrt(links.Count * probability * (1 - probability));
        Assert.That(moved, Is.EqualTo(links.Count * probability).Within((4.5 * deviation) + 10));
        Assert.That(links, Is.EqualTo(SmallWorld.Links(Peers, Reach, probability, randomSeed: 5)));
        Assert.That(links, Is.Not.EqualTo(SmallWorld.Links(Peers, Reach, probability, randomSeed: 6)));
    }

    [Test]
    public void Rewiring_where_all_are_linked_already_changes_nothing() => Assert.That(
        SmallWorld.Links(5, 2, 1, randomSeed: 1), Is.EqualTo(SmallWorld.Links(5, 2, 0, randomSeed: 1)));

    private static int[] DegreesOf(IReadOnlyList<(int One, int Other)> links, int peers) => Picks.Count(
        links.SelectMany(link => new[] { link.One, link.Other }), peers);

    private static PlannedOverlay Planned(int peers) => new(Plan, peers, Ring.Links(peers));

    private static PeerStage Joining(params PeerListEntry[] listed)
    {
        var stage = new PeerStage(new PeerOptions { SeedNodes = [], OverlayRule = Planned(100) });
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(listed);
        return stage;
    }
}
