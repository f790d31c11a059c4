using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class EventSampleTests
{
    private const int Followed = 100;

    private static readonly RunFacts Facts =
        RunStory.Facts with { PeersWanted = 10_000, MostPeers = 10_000, LoggedPeers = Followed };

    private static readonly PeerSample Peers = new(Followed, 10_000);

    private static readonly NodeAddress[] Chosen = [.. AllPeers().Where(Peers.Has)];

    private static readonly NodeAddress[] LeftOut = [.. AllPeers().Where(peer => !Peers.Has(peer))];

    private readonly EventSample sample = new(Followed, Facts);

    private static IEnumerable<NodeAddress> AllPeers() =>
        Enumerable.Range(7000, 10_000).Select(RunStory.Address);

    private static ProtocolEvent On(bool alive, NodeAddress member) => new(
        EventKind.VoteCast, member,
        Detail: new Ballot(
            new ProposalId(RunStory.SeedNodes[0], 1),
            new MembershipEntry(member, 1, alive ? MemberState.Alive : MemberState.Removed, new NodeId(1), 1), 2, []));

    [TestCase(EventKind.NeighborAdded)]
    [TestCase(EventKind.GossipDelivered)]
    [TestCase(EventKind.GossipDuplicate)]
    [TestCase(EventKind.ProcessStarted)]
    [TestCase(EventKind.Joined)]
    public void What_happens_at_sampled_peers_is_kept_and_at_others_left_out(EventKind kind)
    {
        Assert.That(sample.Keeps(Chosen[0], new ProtocolEvent(kind, LeftOut[0])), Is.True);
        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(kind, LeftOut[1])), Is.False);
    }

    [Test]
    public void The_other_end_of_a_link_and_the_votes_on_a_sampled_peer_are_kept()
    {
        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(EventKind.NeighborAdded, Chosen[0])), Is.True);
        Assert.That(sample.Keeps(RunStory.SeedNodes[0], On(alive: true, Chosen[0])), Is.True);
        Assert.That(sample.Keeps(RunStory.SeedNodes[0], On(alive: true, LeftOut[0])), Is.False);
    }

    [TestCase(EventKind.ProcessCrashed)]
    [TestCase(EventKind.Suspected)]
    [TestCase(EventKind.DeathReported)]
    [TestCase(EventKind.GossipPublished)]
    [TestCase(EventKind.FoundItselfRemoved)]
    public void What_is_rare_is_kept_of_everybody(EventKind kind) =>
        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(kind, LeftOut[1])), Is.True);

    [Test]
    public void Every_step_of_a_removal_is_kept_and_so_are_the_beginnings_of_seed_nodes()
    {
        Assert.That(sample.Keeps(RunStory.SeedNodes[1], On(alive: false, LeftOut[0])), Is.True);
        Assert.That(sample.Keeps(RunStory.SeedNodes[1], new ProtocolEvent(EventKind.ProcessStarted)), Is.True);
        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(EventKind.ProcessStarted, Number: 1)), Is.True);
    }

    [Test]
    public void Whom_a_fault_struck_is_followed_from_then_on()
    {
        var link = new ProtocolEvent(EventKind.NeighborRemoved, LeftOut[0]);
        var before = sample.Keeps(LeftOut[1], link);
        var strike = new FaultStrike("crash", "kill", [[LeftOut[0]]]);

        Assert.That(sample.Keeps(NodeAddress.None, new ProtocolEvent(EventKind.FaultStruck, Detail: strike)), Is.True);

        Assert.That(before, Is.False);
        Assert.That(sample.Keeps(LeftOut[1], link), Is.True);
        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(EventKind.Joined)), Is.True);
    }

    [Test]
    public void A_fault_that_strikes_everybody_makes_nobody_worth_following()
    {
        var strike = RunStory.Partition("split", [LeftOut[..5000], LeftOut[5000..]]);

        Assert.That(sample.Keeps(NodeAddress.None, new ProtocolEvent(EventKind.FaultStruck, Detail: strike)), Is.True);

        Assert.That(sample.Keeps(LeftOut[0], new ProtocolEvent(EventKind.Joined)), Is.False);
    }
}
