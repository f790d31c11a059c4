using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5: "Anti-entropy", "Reads", "Refresh", and who watches the silent.</summary>
[TestFixture]
internal sealed class SeedNodeReadingTests
{
    private static readonly NodeAddress Reader = Cast.Peer(0);
    private readonly SeedNodeStage stage = new();

    private RecordingHost Host => stage.Host;

    [Test]
    public void Equal_lists_need_no_answer()
    {
        var twin = new SeedNodeStage(self: 1);
        stage.OthersAgreeOn(Cast.Member(Reader));
        twin.OthersAgreeOn(Cast.Member(Reader));
        twin.Host.Waits(stage.Options.SyncInterval);
        Host.TurnsPage();

        Host.Hears(twin.Host.Self, twin.Host.SentTo<SyncDigest>(Host.Self)[^1]);

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void Every_interval_each_other_seed_node_hears_a_digest()
    {
        Host.Waits(3 * stage.Options.SyncInterval);

        Assert.That(Host.SentTo<SyncDigest>(stage.Others[0]), Has.Length.EqualTo(3));
        Assert.That(Host.SentTo<SyncDigest>(stage.Others[1]), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_difference_brings_the_entries_of_the_buckets_that_differ_and_no_others()
    {
        AdmitMany(100);
        var buckets = Digest();
        var differs = ListHashes.BucketOf(Cast.Peer(7));
        buckets[differs] ^= 1;
        Host.TurnsPage();

        Host.Hears(stage.Others[0], new SyncDigest(buckets, Learning: false));

        var delta = Host.SentTo<SyncDelta>(stage.Others[0]).Single();
        var told = delta.Entries.Select(claim => claim.Entry.Address).ToArray();
        Assert.That(told, Does.Contain(Cast.Peer(7)));
        Assert.That(told, Has.All.Matches<NodeAddress>(address => ListHashes.BucketOf(address) == differs));
    }

    [Test]
    public void A_long_delta_comes_in_pages_of_200()
    {
        AdmitMany(450);
        Host.TurnsPage();

        Host.Hears(stage.Others[0], new SyncDigest(new ulong[ListHashes.BucketCount], Learning: false));

        var pages = Host.SentTo<SyncDelta>(stage.Others[0]);
        Assert.That(pages.Select(page => page.Entries.Length), Is.EqualTo(new[] { 200, 200, 50 }));
        Assert.That(pages.Select(page => (page.Page, page.Pages)), Is.EqualTo(new[] { (1, 3), (2, 3), (3, 3) }));
    }

    [Test]
    public void A_digest_of_another_shape_is_ignored()
    {
        AdmitMany(3);
        Host.TurnsPage();

        foreach (var length in new[] { 0, 1, 63, 65 })
            Host.Hears(stage.Others[0], new SyncDigest(new ulong[length], Learning: true));

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void News_from_one_seed_node_is_believed_when_a_quorum_vouches_for_it()
    {
        var claim = new Claim(stage.NextOf(stage.Others[0]), Cast.Member(Reader));

        Host.Hears(stage.Others[0], new SyncDelta(1, 1, [claim], []));
        Assert.That(stage.Members(), Is.Empty);
        Assert.That(Host.RecipientsOf<Status>(), Is.EqualTo(new[] { stage.Others[1] }));

        Host.Hears(stage.Others[1], new StatusReply([claim]));
        Assert.That(stage.Members(), Is.EqualTo(new[] { claim.Entry }));
    }

    [Test]
    public void Questions_are_answered_for_what_was_voted_or_committed_and_for_nothing_else()
    {
        var (committed, voted, unknown) = (Cast.Member(Reader), Cast.Member(Cast.Peer(1)), Cast.Member(Cast.Peer(2)));
        stage.OthersAgreeOn(committed);
        stage.Proposes(stage.Others[0], voted);
        stage.AnswersProbe(Cast.Peer(1));
        Host.TurnsPage();

        var claims = new[] { committed, voted, unknown }.Select(entry => new Claim(default, entry)).ToArray();
        Host.Hears(stage.Others[0], new Status(claims));

        var reply = Host.SentTo<StatusReply>(stage.Others[0]).Single();
        Assert.That(reply.Vouched.Select(claim => claim.Entry), Is.EqualTo(new[] { committed, voted }));
    }

    [Test]
    public void A_tombstone_is_not_revived_by_an_old_delta()
    {
        var entry = Cast.Member(Reader);
        stage.OthersAgreeOn(entry.AsRemoved());
        Host.TurnsPage();

        foreach (var other in stage.Others)
            Host.Hears(other, new SyncDelta(1, 1, [new Claim(stage.NextOf(other), entry)], []));

        Assert.That(Host.All<Status>(), Is.Empty);
        Assert.That(stage.Members(), Is.EqualTo(new[] { entry.AsRemoved() }));
    }

    [Test]
    public void Up_to_the_limit_the_whole_list_is_read()
    {
        AdmitMany(200);
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(500)).AsRemoved());

        var list = Read(PeerListPurpose.Join);

        var named = list.Entries.Select(entry => entry.Address);
        Assert.That(named, Is.EquivalentTo(Enumerable.Range(0, 200).Select(Cast.Peer)));
        Assert.That((list.Total, list.Pages), Is.EqualTo((200, 1)));
    }

    [Test]
    public void Beyond_the_limit_a_sample_of_distinct_members_is_read_and_the_total()
    {
        AdmitMany(600);

        var list = Read(PeerListPurpose.Join);

        Assert.That(list.Total, Is.EqualTo(600));
        Assert.That(list.Entries, Has.Length.EqualTo(200).And.Unique);
    }

    [Test]
    public void The_sample_is_weighted_by_degree()
    {
        AdmitMany(600);
        // Peer 0 says that it opened links to 1..99: each of those has degree 1, and peer 0 has 99.
        Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 1, 99, [.. Enumerable.Range(1, 99).Select(Cast.Peer)]));

        var drawn = 0;
        for (var read = 0; read < 40; read++)
            if (Read(PeerListPurpose.Join).Entries.Any(entry => entry.Address == Reader)) drawn++;

        // By chance alone a third of the samples would have it: 200 of 600.
        Assert.That(drawn, Is.EqualTo(40));
    }

    [Test]
    public void The_oldest_members_are_read_oldest_first()
    {
        for (var peer = 0; peer < 20; peer++) stage.OthersAgreeOn(Cast.Member(Cast.Peer(peer), joinStamp: 100 - peer));

        var list = Read(PeerListPurpose.Oldest);

        var expected = Enumerable.Range(0, list.Entries.Length).Select(turn => Cast.Peer(19 - turn));
        Assert.That(list.Entries.Select(entry => entry.Address), Is.EqualTo(expected));
        Assert.That(list.Entries, Is.Not.Empty);
    }

    [Test]
    public void Degrees_are_what_refreshes_told()
    {
        AdmitMany(4);
        Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 1, 2, [Cast.Peer(1), Cast.Peer(2)]));

        var degrees = Read(PeerListPurpose.Join).Entries.ToDictionary(entry => entry.Address, entry => entry.Degree);

        Assert.That(degrees[Reader], Is.EqualTo(2));
        Assert.That((degrees[Cast.Peer(1)], degrees[Cast.Peer(2)], degrees[Cast.Peer(3)]), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public void A_refresh_is_answered()
    {
        AdmitMany(4);
        Host.TurnsPage();

        Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 1, 0, []));

        Assert.That(Host.SentTo<PeerList>(Reader).Single().Purpose, Is.EqualTo(PeerListPurpose.Refresh));
    }

    [Test]
    public void A_member_whose_entry_was_lost_with_the_disks_is_voted_in_again()
    {
        stage.OthersAgreeOn(Cast.Member(Reader));
        Host.TurnsPage();

        Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 2, 0, []));
        var expected = (2, MemberState.Alive, Cast.ProcessAt(Reader));
        var entry = stage.LastProposal.Entry;
        Assert.That((entry.Epoch, entry.State, entry.NodeId), Is.EqualTo(expected));
    }

    [Test]
    public void A_refresh_of_a_removed_or_replaced_membership_is_answered_removed()
    {
        stage.OthersAgreeOn(Cast.Member(Reader).AsRemoved());
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(1), epoch: 2, process: 1));

        Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 1, 0, []));
        Host.Hears(Cast.Peer(1), new Refresh(Cast.ProcessAt(Cast.Peer(1)), 1, 0, []));

        Assert.That(Host.SentTo<Removed>(Reader).Single().Entry.Epoch, Is.EqualTo(1));
        Assert.That(Host.SentTo<Removed>(Cast.Peer(1)).Single().Entry.Epoch, Is.EqualTo(1));
    }

    [Test]
    public void A_removed_member_that_reads_is_told_that_it_was_removed()
    {
        stage.OthersAgreeOn(Cast.Member(Reader).AsRemoved());

        Host.Hears(Reader, new GetPeerList(PeerListPurpose.Oldest));

        Assert.That(Host.SentTo<Removed>(Reader), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_seed_node_answers_pings_and_takes_no_part_in_gossip()
    {
        Host.Hears(Reader, new Ping(Digest: null));
        Assert.That(Host.SentTo<Pong>(Reader).Single().NodeId, Is.EqualTo(Cast.ProcessAt(Host.Self)));

        Host.TurnsPage();
        Host.Hears(Reader, new Gossip("1.000:127.0.0.1:7000:1", Reader, 1, 1, "text"));
        Host.Hears(Reader, new IHave([new OriginMarks(Reader, 1, 1, 1, 1)]));
        Host.Hears(Reader, new IWant([new GossipKey(Reader, 1, 1)]));
        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void A_member_silent_for_three_intervals_is_probed_by_one_seed_node_of_all()
    {
        var probing = Enumerable.Range(0, 3).Where(self => ProbesSilentMember(self, othersUp: 2)).ToArray();

        Assert.That(probing, Is.EqualTo(new[] { SeedRing.IndexOf(Reader, 0, 3) }));
    }

    [Test]
    public void When_that_seed_node_is_silent_itself_the_next_one_probes()
    {
        var next = SeedRing.IndexOf(Reader, 1, 3);

        Assert.That(ProbesSilentMember(next, othersUp: 0), Is.True);
    }

    [Test]
    public void A_member_that_refreshes_is_left_in_peace()
    {
        var watched = new SeedNodeStage(self: SeedRing.IndexOf(Reader, 0, 3));
        watched.OthersAgreeOn(Cast.Member(Reader));
        for (var second = 0; second < 120; second++)
        {
            foreach (var other in watched.Others) watched.Host.Hears(other, new SyncDigest([], Learning: false));
            if (second % 10 == 0) watched.Host.Hears(Reader, new Refresh(Cast.ProcessAt(Reader), 1, 0, []));
            watched.Host.Waits(1);
        }

        Assert.That(watched.Host.SentTo<Ping>(Reader), Is.Empty);
    }

    private static bool ProbesSilentMember(int self, int othersUp)
    {
        var stage = new SeedNodeStage(self: self);
        stage.OthersAgreeOn(Cast.Member(Reader));
        var digest = new SyncDigest(new ulong[ListHashes.BucketCount], Learning: false);
        for (var second = 0; second < 60; second++)
        {
            foreach (var other in stage.Others.Take(othersUp)) stage.Host.Hears(other, digest);
            stage.Host.Waits(1);
        }

        return stage.Host.SentTo<Ping>(Reader).Length > 0;
    }

    private PeerList Read(PeerListPurpose purpose)
    {
        Host.TurnsPage();
        Host.Hears(Cast.Peer(900), new GetPeerList(purpose));
        return Host.SentTo<PeerList>(Cast.Peer(900)).Single();
    }

    private ulong[] Digest()
    {
        Host.Waits(stage.Options.SyncInterval);
        return Host.SentTo<SyncDigest>(stage.Others[0])[^1].Buckets;
    }

    private void AdmitMany(int peers)
    {
        for (var peer = 0; peer < peers; peer++) stage.OthersAgreeOn(Cast.Member(Cast.Peer(peer), joinStamp: peer + 1));
    }
}
