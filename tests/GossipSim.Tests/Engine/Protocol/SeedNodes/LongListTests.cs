using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Anti-entropy" and "Reads", where the list is long.</summary>
[TestFixture]
internal sealed class LongListTests
{
    private const int Long = 12_000;

    private static readonly NodeAddress Reader = Cast.Peer(0);

    [Test]
    public void Two_long_lists_that_differ_in_one_member_tell_each_other_a_part_of_a_bucket()
    {
        var (here, there) = (StageOf(Long, self: 0), StageOf(Long - 1, self: 1));

        Sync(there, here);
        var parts = here.SentTo<SyncDigest>(there.Self).Where(digest => digest.Bucket is not null).ToArray();
        Assert.That(parts.Select(digest => digest.Bucket), Is.EqualTo(new int?[] { BucketOf(Long - 1) }));
        Assert.That(here.All<SyncDelta>(), Is.Empty, "who asks is told by the other's digest");

        Sync(here, there);
        here.Hears(there.Self, there.SentTo<SyncDigest>(here.Self)[^1]);
        var told = here.SentTo<SyncDelta>(there.Self).SelectMany(delta => delta.Entries).ToArray();
        Assert.That(told.Select(claim => claim.Entry.Address), Does.Contain(MemberOf(Long - 1).Address));
        Assert.That(told, Has.Length.LessThan(30), "a part holds 3 of 12,000");
    }

    [Test]
    public void What_joined_within_the_last_interval_is_left_out_of_the_digest_of_a_long_list()
    {
        var (here, there) = (StageOf(Long, self: 0), StageOf(Long, self: 1));
        foreach (var host in new[] { here, there }) host.Waits(2);
        for (var peer = Long; peer < Long + 50; peer++) Agree(here, MemberOf(peer));

        Sync(here, there);
        Assert.That(there.All<SyncDigest>(), Has.None.Property(nameof(SyncDigest.Bucket)).Not.Null);

        // Nobody joined since: now all of it is compared.
        Sync(here, there);
        var differing = there.All<SyncDigest>().Select(digest => digest.Bucket).OfType<int>();
        var expected = Enumerable.Range(Long, 50).Select(BucketOf).Distinct().Order();
        Assert.That(differing, Is.EqualTo(expected));
    }

    [Test]
    public void A_short_list_is_filled_from_a_long_one()
    {
        var (here, there) = (StageOf(300, self: 0), StageOf(Long, self: 1));

        Sync(there, here);
        var parts = here.SentTo<SyncDigest>(there.Self).Where(digest => digest.Bucket is not null).ToArray();
        Assert.That(parts, Has.Length.EqualTo(ListHashes.BucketCount));
        foreach (var part in parts) there.Hears(here.Self, part);

        var told = there.SentTo<SyncDelta>(here.Self).SelectMany(delta => delta.Entries).ToArray();
        Assert.That(
            told.Select(claim => claim.Entry.Address),
            Is.SupersetOf(Enumerable.Range(300, Long - 300).Select(peer => MemberOf(peer).Address)));
    }

    [Test]
    public void The_answer_to_an_earlier_digest_means_nothing()
    {
        var host = StageOf(Long, self: 0);
        host.Waits(2);
        var told = host.SentTo<SyncDigest>(Cast.SeedNode(1))[^1];
        host.TurnsPage();

        host.Hears(Cast.SeedNode(1), Part(upTo: 17, bucket: 3));
        host.Hears(Cast.SeedNode(1), Part(told.UpTo, bucket: -1));
        host.Hears(Cast.SeedNode(1), Part(told.UpTo, ListHashes.BucketCount));
        Assert.That(host.Sent, Is.Empty);

        host.Hears(Cast.SeedNode(1), Part(told.UpTo, bucket: 3));
        Assert.That(host.All<SyncDelta>(), Is.Not.Empty);
    }

    /// <summary>Allocation stands for work: what goes over the list, or copies it, allocates or looks at all of it.
    /// </summary>
    [Test]
    public void What_a_reader_a_refresh_and_a_digest_cost_does_not_grow_with_the_list()
    {
        var (small, large) = (Costs(20_000), Costs(80_000));

        Assert.That(large.Read, Is.EqualTo(small.Read));
        Assert.That(large.Refresh, Is.EqualTo(small.Refresh));
        Assert.That(large.Digest, Is.EqualTo(small.Digest));
        Assert.That(large.Vote, Is.EqualTo(small.Vote));
    }

    private static SyncDigest Part(long? upTo, int bucket) =>
        new(new ulong[ListHashes.BucketCount], Learning: false, upTo, bucket);

    private static (long Read, long Refresh, long Digest, long Vote) Costs(int members)
    {
        var counted = new CountingHost(members);
        var refresh = new Refresh(MemberOf(0).NodeId, 1, 2, [MemberOf(1).Address, MemberOf(2).Address]);
        var buckets = ListHashes.OfBuckets(HashesOf(members));
        buckets[5] ^= 1;
        var entry = MemberOf(members);
        var vote = new Vote(new ProposalId(Cast.SeedNode(1), 1), entry, Yes: true, RefusalReason.None, Known: null);
        return (
            counted.BytesFor(Reader, new GetPeerList(PeerListPurpose.Join)),
            counted.BytesFor(Reader, refresh),
            counted.BytesFor(Cast.SeedNode(1), new SyncDigest(buckets, Learning: false)),
            counted.BytesFor(Cast.SeedNode(1), vote));
    }

    private static ReadOnlySpan<ulong> HashesOf(int members)
    {
        var list = new MembershipList();
        for (var peer = 0; peer < members; peer++) list.Merge(new Claim(default, MemberOf(peer)));
        return list.Hashes.Whole;
    }

    /// <summary>The one's next digest, and the other's answer to it.</summary>
    private static void Sync(RecordingHost asker, RecordingHost other)
    {
        asker.TurnsPage();
        other.TurnsPage();
        asker.Waits(2);
        other.Hears(asker.Self, asker.SentTo<SyncDigest>(other.Self)[^1]);
    }

    private static void Agree(RecordingHost host, MembershipEntry entry)
    {
        var proposal = new ProposalId(Cast.SeedNode(2), entry.JoinStamp);
        foreach (var voter in Cast.SeedNodes(3))
            if (voter != host.Self)
                host.Hears(voter, new Vote(proposal, entry, Yes: true, RefusalReason.None, Known: null));
    }

    private static RecordingHost StageOf(int members, int self) =>
        new SeedNodeStage(self: self, disk: DiskOf(members), isTaught: false).Host;

    private static StableRecord[] DiskOf(int members) =>
    [
        new StoreRecord(1),
        .. Enumerable.Range(0, members).Select(peer => new EntryRecord(MemberOf(peer), default, [])),
    ];

    private static MembershipEntry MemberOf(int peer)
    {
        var address = new NodeAddress(Reader.Host + (uint)(peer / 50_000), (ushort)(7000 + (peer % 50_000)));
        return Cast.Member(address, 1, peer + 1);
    }

    private static int BucketOf(int peer) => ListHashes.BucketOf(MemberOf(peer).Address);

    /// <summary>Runs one seed node and keeps nothing, so that only the node itself allocates.</summary>
    private sealed class CountingHost : ITransport, IScheduler, IStableStore, ITrace
    {
        private readonly SeedNode node;
        private readonly NodeAddress self = Cast.SeedNode(0);
        private NodeRandom random = new(1);

        public CountingHost(int members)
        {
            var options = new SeedNodeOptions { SeedNodes = Cast.SeedNodes(3), PeerListLimit = 16 };
            node = new SeedNode(options, new NodeStart(self, Cast.ProcessAt(self), DiskOf(members)));
            node.OnStart(Context());
        }

        /// <summary>The least of several times: at the first ones, tables and code come to be.</summary>
        public long BytesFor(NodeAddress from, Message message)
        {
            var least = long.MaxValue;
            for (var time = 0; time < 8; time++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                node.OnMessage(new Envelope(from, self, 1, message), Context());
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }

        public void Send(NodeAddress from, NodeAddress to, Message message, int hops) { }

        public void Close(NodeAddress from, NodeAddress to) { }

        public void SetTimer(NodeAddress at, ProtocolTimer timer, TimeSpan after) { }

        public void Persist(NodeAddress at, StableRecord record) { }

        public void Report(NodeAddress at, Instant now, in ProtocolEvent protocolEvent) { }

        private NodeContext Context() => new(self, Instant.FromSeconds(1), ref random, this, this, this, this);
    }
}
