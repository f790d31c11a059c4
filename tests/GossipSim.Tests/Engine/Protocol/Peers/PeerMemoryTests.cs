using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>What a peer costs when a million of them stand in their links: few bytes, and none a message.</summary>
[TestFixture]
internal sealed class PeerMemoryTests : ITransport, IScheduler, IStableStore, ITrace
{
    private const int Leaves = 6;
    private static readonly StandingOverlay star = Overlays.Star(Leaves);
    private static readonly NodeStart start = Overlays.StartOf(0);
    private NodeRandom random = new(1);
    private int sent;

    [Test]
    public void A_quiet_peer_that_has_heard_one_message_takes_72_bytes()
    {
        var rumor = Rumor(1);
        Hear(new Peer(Options(PeerOptions.Never), start, star), rumor);

        var options = Options(PeerOptions.Never);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var peer = new Peer(options, start, star);
        Hear(peer, rumor);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(taken, Is.LessThanOrEqualTo(72));
        Assert.That(peer.TableEntries, Is.EqualTo(Leaves + 1), "its links and a text");
    }

    [Test]
    public void Ten_messages_heard_take_26_bytes_each()
    {
        var rumors = Enumerable.Range(1, 10).Select(Rumor).ToArray();
        var peer = new Peer(Options(PeerOptions.Never), start, star);
        Hear(peer, rumors[0]);

        // The first, smaller array of references included.
        var taken = AllocatedOnce(() => { foreach (var rumor in rumors) Hear(peer, rumor); });

        Assert.That(taken, Is.LessThanOrEqualTo(260));
    }

    [Test]
    public void What_is_heard_again_allocates_nothing()
    {
        var peer = new Peer(Options(PeerOptions.Never), start, star);
        var rumors = Enumerable.Range(1, 60).Select(Rumor).ToArray();
        foreach (var rumor in rumors) Hear(peer, rumor);

        Assert.That(AllocatedBy(() => { foreach (var rumor in rumors) Hear(peer, rumor); }), Is.Zero);
    }

    [Test]
    public void Pings_pongs_and_the_rounds_of_both_allocate_nothing()
    {
        var peer = new Peer(Options(TimeSpan.FromSeconds(1)), start, star);
        var ping = new Ping(new GossipDigest(0, 0));
        var leaves = Enumerable.Range(1, Leaves).Select(Overlays.Peer).ToArray();
        var pongs = leaves.Select(leaf => new Pong(Cast.ProcessAt(leaf), 1, 1, [Overlays.Peer(0)])).ToArray();
        peer.OnStart(ContextAt(0));
        var second = 0;

        Assert.That(AllocatedBy(() =>
        {
            second++;
            peer.OnTimer(new ProtocolTimer(TimerKind.Liveness), ContextAt(second));
            for (var leaf = 0; leaf < Leaves; leaf++)
            {
                peer.OnMessage(new Envelope(leaves[leaf], start.Address, 1, ping), ContextAt(second));
                peer.OnMessage(new Envelope(leaves[leaf], start.Address, 1, pongs[leaf]), ContextAt(second));
            }

            peer.OnTimer(new ProtocolTimer(TimerKind.PingTimeout, Round: second), ContextAt(second));
        }), Is.Zero);
        Assert.That(sent, Is.EqualTo(2 * (Leaves + Leaves)), "all pinged in each round, all pings answered");
    }

    /// <summary>Done once before, so that what is made at first need is there.</summary>
    private static long AllocatedBy(Action work)
    {
        work();
        return AllocatedOnce(work);
    }

    private static long AllocatedOnce(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static PeerOptions Options(TimeSpan pingInterval) => new()
    {
        SeedNodes = [],
        MaxMessagesPerPeer = 100,
        PingInterval = pingInterval,
        PingBusyEvery = 1,
        RefreshInterval = PeerOptions.Never,
        RepairInterval = PeerOptions.Never,
    };

    private static Gossip Rumor(int number) => new($"1.000:{number}", Overlays.Peer(9), 1, number, "text");

    private void Hear(Peer peer, Gossip rumor) =>
        peer.OnMessage(new Envelope(Overlays.Peer(1), start.Address, 1, rumor), ContextAt(1));

    private NodeContext ContextAt(int second) => new(
        start.Address, Instant.FromSeconds(second), ref random, this, this, this, this);

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops) => sent++;

    void ITransport.Close(NodeAddress from, NodeAddress to) { }

    void IScheduler.SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after) { }

    void IStableStore.Persist(NodeAddress node, StableRecord record) { }

    void ITrace.Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) { }
}
