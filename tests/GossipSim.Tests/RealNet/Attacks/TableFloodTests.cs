using GossipSim.Engine.Protocol;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S5: whatever others say, tables end somewhere. 10^7 made-up messages, 10^5 made-up peers: memory is
/// flat once the tables are full, and what was seen and forgotten is not passed on again.
/// </summary>
[TestFixture]
[NonParallelizable]
internal sealed class TableFloodTests : ITransport, IScheduler, IStableStore, ITrace
{
    private static readonly NodeAddress neighbor = Cast.Peer(1);

    private NodeRandom random = new(1);
    private long forwarded;

    [TestCase(300_000)]
    [TestCase(10_000_000, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public void Unique_messages_without_end_take_a_bounded_memory(int messages)
    {
        var peer = JoinedPeer();
        // The tables are full long before this many.
        const int Filling = 150_000;
        for (var number = 0; number < Filling; number++) Hear(peer, MadeUp(number));
        var (full, entries, resident) = (Kept(), peer.TableEntries, new Residence(messages - Filling));

        for (var number = Filling; number < messages; number++)
        {
            Hear(peer, MadeUp(number));
            if (number % 10_000 == 0) resident.Look(number - Filling);
        }

        var grown = Kept() - full;
        TestContext.Out.WriteLine($"S5: {messages} unique messages: {peer.TableEntries} table entries,"
            + $" {full / 1024} KiB kept when full, {grown / 1024} KiB more at the end; {resident}");
        Assert.That(peer.TableEntries, Is.EqualTo(entries));
        Assert.That(grown, Is.LessThanOrEqualTo(full / 10));
        Assert.That(entries, Is.LessThanOrEqualTo(MessageList.OriginLimit + MessageList.TextLimit + 10));
        GC.KeepAlive(peer);
    }

    [Test]
    public void The_longest_messages_take_no_more_than_their_room()
    {
        var empty = Kept();
        var peer = JoinedPeer();
        for (var number = 0; number < 3 * MessageList.TextLimit; number++)
            Hear(peer, MadeUp(number, new string((char)('a' + (number % 26)), 32 * 1024)));

        var taken = Kept() - empty;
        TestContext.Out.WriteLine($"S5: {3 * MessageList.TextLimit} messages of 32 KiB: {taken / 1024} KiB are kept");
        Assert.That(taken, Is.LessThanOrEqualTo(MessageList.TextBytesLimit + (8 << 20)));
        GC.KeepAlive(peer);
    }

    [Test]
    public void An_id_longer_than_any_is_no_message()
    {
        var peer = JoinedPeer();

        Hear(peer, new Gossip(new string('1', 10_000), Cast.Peer(9), 1, 1, "hi"));

        Assert.That(forwarded, Is.Zero);
    }

    [Test]
    public void What_was_seen_and_forgotten_is_not_passed_on_again()
    {
        var peer = JoinedPeer();
        const int Seen = 200;
        for (var number = 1; number <= Seen; number++) Hear(peer, FromOne(number));
        Assert.That(forwarded, Is.EqualTo(Seen), "to the other neighbor");

        for (var number = 1; number <= Seen; number++) Hear(peer, FromOne(number));

        Assert.That(forwarded, Is.EqualTo(Seen));
    }

    [TestCase(2_000)]
    [TestCase(100_000, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public void Peers_that_nobody_finds_leave_nothing_behind(int peers)
    {
        var stage = new SeedNodeStage();
        var before = stage.Host.Node.TableEntries;
        var (most, resident) = (0, new Residence(peers));
        for (var peer = 0; peer < peers; peer++)
        {
            var address = new NodeAddress(0x0A000000 + (uint)peer, 7000);
            stage.Host.Hears(address, new Register(address, new NodeId((ulong)peer + 1)));
            if (peer % 1000 != 999) continue;
            most = Math.Max(most, stage.Host.Node.TableEntries);
            resident.Look(peer);
            stage.Host.Waits(4 * stage.Options.RoundTimeout);
            stage.Host.TurnsPage();
        }

        stage.Host.Waits(10 * stage.Options.RoundTimeout);
        TestContext.Out.WriteLine($"S5: {peers} peers that nobody finds: {most} table entries at most,"
            + $" {stage.Host.Node.TableEntries} at the end; {resident}");
        Assert.That(stage.Host.Node.TableEntries, Is.EqualTo(before));
    }

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops)
    {
        if (message is Gossip) forwarded++;
    }

    void ITransport.Close(NodeAddress from, NodeAddress to)
    {
    }

    void IScheduler.SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
    }

    void IStableStore.Persist(NodeAddress node, StableRecord record)
    {
    }

    void ITrace.Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }

    /// <summary>A member with two neighbors: what one says is passed on to the other.</summary>
    private Peer JoinedPeer()
    {
        var options = new PeerOptions { SeedNodes = Cast.SeedNodes(3), MaxMessagesPerPeer = 1_000 };
        var self = Cast.Peer(50);
        var peer = new Peer(options, new NodeStart(self, Cast.ProcessAt(self), []));
        peer.OnStart(Context());
        // Whichever seed node it asked, only the one that it asked is believed.
        foreach (var seed in options.SeedNodes)
            Hear(peer, seed, new RegisterAck(self, 1, 100, new Certificate(default, options.SeedNodes)));
        foreach (var seed in options.SeedNodes)
            Hear(peer, seed, new PeerList(PeerListPurpose.Join, 1, 1, 2, [Older(neighbor), Older(Cast.Peer(2))]));
        foreach (var other in new[] { neighbor, Cast.Peer(2) })
            Hear(peer, other, new Accept(Cast.ProcessAt(other), 1, 1));
        forwarded = 0;
        return peer;
    }

    private static PeerListEntry Older(NodeAddress address) => new(address, 1, 1, 1);

    private static Gossip MadeUp(int number, string text = "never said")
    {
        var origin = new NodeAddress(0x0A000000 + (uint)number, 7000);
        return new Gossip($"1700000000.000:{origin}:1", origin, 1, 1, text);
    }

    private static Gossip FromOne(int number) =>
        new($"1700000000.000:{Cast.Peer(9)}:{number}", Cast.Peer(9), 1, number, "");

    private void Hear(Peer peer, Gossip gossip) => Hear(peer, neighbor, gossip);

    private void Hear(Peer peer, NodeAddress from, Message message) =>
        peer.OnMessage(new Envelope(from, Cast.Peer(50), 1, message), Context());

    private NodeContext Context() => new(Cast.Peer(50), Instant.FromSeconds(1), ref random, this, this, this, this);

    private static long Kept()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
