using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Several seed nodes may stamp one registration. Their lists merge to the greatest stamp, and so does the peer.
/// </summary>
[TestFixture]
internal sealed class JoinStampTests
{
    private static readonly NodeAddress Neighbor = Cast.Peer(1);
    private static readonly NodeAddress Between = Cast.Peer(2);

    [Test]
    public void A_peer_that_is_listed_as_younger_than_it_was_told_seeks_an_older_neighbor()
    {
        var stage = new PeerStage();
        stage.IsAcknowledged(joinStamp: 1);

        ReadsItselfAt(stage, 7, PeerStage.Entry(Between, joinStamp: 3));

        Assert.That(stage.Host.SentTo<Connect>(Between).Single().JoinStamp, Is.EqualTo(7));
    }

    [Test]
    public void Neighbors_are_told_the_greater_stamp_and_no_smaller_one()
    {
        var stage = PeerStage.Joined(Neighbor);

        ReadsItselfAt(stage, PeerStage.BornAt - 1);
        Assert.That(stage.Host.SentTo<Connect>(Neighbor), Is.Empty);
        ReadsItselfAt(stage, PeerStage.BornAt + 5, epoch: 2);
        Assert.That(stage.Host.SentTo<Connect>(Neighbor), Is.Empty, "the entry of another membership");

        ReadsItselfAt(stage, PeerStage.BornAt + 5);

        Assert.That(stage.Host.SentTo<Connect>(Neighbor).Single().JoinStamp, Is.EqualTo(PeerStage.BornAt + 5));
    }

    [Test]
    public void A_neighbor_that_turns_out_to_be_younger_is_no_older_neighbor_any_more()
    {
        var stage = PeerStage.Joined(Neighbor);
        stage.Host.Waits(1);
        Assert.That(stage.Host.All<GetPeerList>().Count(asked => asked.Purpose == PeerListPurpose.Oldest), Is.Zero);

        stage.IsAskedBy(Neighbor, joinStamp: PeerStage.BornAt + 1);
        stage.Host.Waits(1);

        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Neighbor }));
        Assert.That(stage.Host.All<GetPeerList>().Count(asked => asked.Purpose == PeerListPurpose.Oldest), Is.Positive);
    }

    [Test]
    public void A_seed_node_tells_who_asks_its_own_entry_as_it_is_listed()
    {
        var stage = new SeedNodeStage();
        stage.OthersAgreeOn(Cast.Member(Neighbor, epoch: 2, joinStamp: 9));

        foreach (var asker in new[] { Neighbor, Between })
            stage.Host.Hears(asker, new GetPeerList(PeerListPurpose.Oldest));

        Assert.That(
            stage.Host.SentTo<PeerList>(Neighbor).Single().Asker,
            Is.EqualTo(new PeerListEntry(Neighbor, Epoch: 2, JoinStamp: 9, Degree: 0)));
        Assert.That(stage.Host.SentTo<PeerList>(Between).Single().Asker, Is.Null);
    }

    private static void ReadsItselfAt(PeerStage stage, long stamp, params PeerListEntry[] others) =>
        ReadsItselfAt(stage, stamp, epoch: 1, others);

    private static void ReadsItselfAt(PeerStage stage, long stamp, int epoch, params PeerListEntry[] others)
    {
        foreach (var seedNode in stage.Options.SeedNodes)
        {
            stage.Host.Hears(seedNode, new PeerList(
                PeerListPurpose.Join, 1, 1, others.Length + 1, others,
                PeerStage.Entry(stage.Self, joinStamp: stamp, epoch: epoch)));
        }
    }
}
