using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Membership": merging takes the greater, in whatever order.</summary>
[TestFixture]
internal sealed class MembershipPartsTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(500);

    /// <summary>Few values of everything, so that entries collide in every part.</summary>
    private static readonly Gen<MembershipEntry> anyEntry =
        from peer in Gen.Choose(0, 5)
        from epoch in Gen.Choose(1, 3)
        from removed in Gen.Choose(0, 1)
        from process in Gen.Choose(0, 2)
        from stamp in Gen.Choose(1, 3)
        let entry = Cast.Member(Cast.Peer(peer), epoch, stamp, process)
        select removed == 1 ? entry.AsRemoved() : entry;

    private static readonly Arbitrary<MembershipEntry[]> anyEntries = Gen.ArrayOf(anyEntry).ToArbitrary();

    private static readonly Arbitrary<(MembershipEntry, MembershipEntry, MembershipEntry)> anyThree =
        (from a in anyEntry
         from b in anyEntry
         from c in anyEntry
         select (AtOnePlace(a), AtOnePlace(b), AtOnePlace(c))).ToArbitrary();

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(4, 3)]
    [TestCase(5, 3)]
    [TestCase(6, 4)]
    [TestCase(7, 4)]
    [TestCase(8, 5)]
    [TestCase(9, 5)]
    public void A_quorum_is_more_than_half(int seedNodes, int quorum) =>
        Assert.That(Quorum.Size(seedNodes, QuorumRule.FloorHalfPlusOne), Is.EqualTo(quorum));

    [Test]
    public void Two_byzantine_quorums_share_more_seed_nodes_than_there_are_liars()
    {
        for (var n = 1; n <= 9; n++)
        {
            for (var f = 0; f < n; f++)
            {
                var quorum = Quorum.Size(n, QuorumRule.Byzantine, f);
                Assert.That((2 * quorum) - n, Is.GreaterThan(f), $"n = {n}, f = {f}");
                Assert.That((2 * (quorum - 1)) - n, Is.LessThanOrEqualTo(f), $"n = {n}, f = {f}: larger than needed");
            }
        }
    }

    [Test]
    public void No_quorum_without_seed_nodes()
    {
        Assert.That(
            () => Quorum.Size(0, QuorumRule.FloorHalfPlusOne), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Quorum.Size(3, QuorumRule.Byzantine, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Entries_of_an_address_are_totally_ordered() => Prop.ForAll(anyThree, three =>
    {
        var (a, b, c) = three;
        var isTrichotomous = (a == b ? 1 : 0) + (a.Supersedes(b) ? 1 : 0) + (b.Supersedes(a) ? 1 : 0) == 1;
        var isTransitive = !(a.Supersedes(b) && b.Supersedes(c)) || a.Supersedes(c);
        return isTrichotomous && isTransitive;
    }).Check(replayed);

    [Test]
    public void A_later_epoch_beats_a_removal_and_a_removal_beats_its_membership()
    {
        var member = Cast.Member(Cast.Peer(0), epoch: 2);

        Assert.That(member.AsRemoved().Supersedes(member), Is.True);
        Assert.That(Cast.Member(Cast.Peer(0), epoch: 3).Supersedes(member.AsRemoved()), Is.True);
        Assert.That(Cast.Member(Cast.Peer(0), epoch: 1).AsRemoved().Supersedes(member), Is.False);
    }

    [Test]
    public void Merging_in_any_order_and_any_number_of_times_makes_the_same_list() =>
        Prop.ForAll(anyEntries, anyEntries, (first, second) =>
        {
            var straight = Merged([.. first, .. second]);
            var swapped = Merged([.. second, .. first]);
            var doubled = Merged([.. first, .. second, .. first, .. second]);
            return straight.Hashes.Whole.SequenceEqual(swapped.Hashes.Whole)
                && straight.Hashes.Whole.SequenceEqual(doubled.Hashes.Whole)
                && straight.AliveCount == swapped.AliveCount
                && Oldest(straight, 9).SequenceEqual(Oldest(doubled, 9));
        }).Check(replayed);

    [Test]
    public void Different_lists_differ_in_the_bucket_of_the_address_concerned() =>
        Prop.ForAll(anyEntries, anyThree, (entries, three) =>
        {
            var (before, after) = (Merged(entries), Merged([.. entries, three.Item1]));
            var (known, now) = (ListHashes.OfBuckets(before.Hashes.Whole), ListHashes.OfBuckets(after.Hashes.Whole));
            var changed = Enumerable.Range(0, ListHashes.BucketCount)
                .Where(bucket => known[bucket] != now[bucket]).ToArray();
            return before.IsNews(three.Item1)
                ? changed.SequenceEqual([ListHashes.BucketOf(three.Item1.Address)])
                : changed.Length == 0;
        }).Check(replayed);

    [Test]
    public void Members_fall_into_all_buckets_evenly()
    {
        var buckets = new int[ListHashes.BucketCount];
        for (var peer = 0; peer < 6400; peer++) buckets[ListHashes.BucketOf(Cast.Peer(peer))]++;

        Assert.That(buckets.Min(), Is.GreaterThan(60), "100 on average");
        Assert.That(buckets.Max(), Is.LessThan(140));
    }

    [Test]
    public void The_oldest_are_those_with_the_smallest_stamps_and_alive()
    {
        var list = Merged([
            Cast.Member(Cast.Peer(1), joinStamp: 5), Cast.Member(Cast.Peer(2), joinStamp: 3),
            Cast.Member(Cast.Peer(3), joinStamp: 1).AsRemoved(), Cast.Member(Cast.Peer(0), joinStamp: 5)]);

        Assert.That(Oldest(list, 9), Is.EqualTo(new[] { Cast.Peer(2), Cast.Peer(0), Cast.Peer(1) }), "ties by address");
        Assert.That(Oldest(list, 1), Is.EqualTo(new[] { Cast.Peer(2) }));
        Assert.That(list.LatestJoinStamp, Is.EqualTo(5));
    }

    [Test]
    public void Draws_are_in_proportion_to_degree_with_one_at_least()
    {
        var (list, hints) = Hints(8);
        hints.Replace(0, [Cast.Peer(1), Cast.Peer(2), Cast.Peer(3)]);
        hints.Replace(4, [Cast.Peer(0), Cast.Peer(0)]);
        hints.SetAlive(7, false);
        int[] weights = [5, 1, 1, 1, 2, 1, 1, 0];
        Assert.That(Enumerable.Range(0, 5).Select(hints.Of), Is.EqualTo(weights[..5]));

        var drawn = new int[list.Count];
        var random = new NodeRandom(1);
        const int Draws = 120_000;
        for (var draw = 0; draw < Draws; draw++) drawn[hints.Draw(ref random)]++;

        for (var place = 0; place < drawn.Length; place++)
        {
            // Binomial: five standard deviations.
            var share = weights[place] / 12.0;
            var spread = 5 * Math.Sqrt(Draws * share * (1 - share));
            Assert.That(drawn[place], Is.EqualTo(Draws * share).Within(spread + 0.5), $"place {place}");
        }
    }

    [Test]
    public void What_a_member_tells_replaces_what_it_told_before()
    {
        var (_, hints) = Hints(4);
        hints.Replace(0, [Cast.Peer(1), Cast.Peer(2)]);
        hints.Replace(0, [Cast.Peer(2), Cast.Peer(3)]);
        Assert.That(Enumerable.Range(0, 4).Select(hints.Of), Is.EqualTo(new[] { 2, 0, 1, 1 }));

        hints.Replace(0, []);
        Assert.That(Enumerable.Range(0, 4).Select(hints.Of), Is.All.Zero);
    }

    [Test]
    public void Nobody_alive_means_nobody_drawn()
    {
        var (_, hints) = Hints(3);
        for (var place = 0; place < 3; place++) hints.SetAlive(place, false);
        var random = new NodeRandom(1);

        Assert.That(hints.Draw(ref random), Is.EqualTo(-1));
    }

    [Test]
    public void The_ring_visits_every_seed_node_once_a_round_and_begins_evenly()
    {
        var first = new int[5];
        for (var peer = 0; peer < 5000; peer++)
        {
            var turns = Enumerable.Range(0, 5).Select(turn => SeedRing.IndexOf(Cast.Peer(peer), turn, 5)).ToArray();
            Assert.That(turns, Is.EquivalentTo(Enumerable.Range(0, 5)));
            Assert.That(SeedRing.IndexOf(Cast.Peer(peer), 5, 5), Is.EqualTo(turns[0]));
            first[turns[0]]++;
        }

        Assert.That(first, Has.All.InRange(850, 1150));
    }

    [Test]
    public void The_ring_goes_round_whatever_the_hash()
    {
        foreach (var peer in Enumerable.Range(0, 20000))
            for (var turn = 0; turn < 3; turn++)
                Assert.That(SeedRing.IndexOf(Cast.Peer(peer), turn, 3), Is.InRange(0, 2));
    }

    private static MembershipEntry AtOnePlace(MembershipEntry entry) => entry with { Address = Cast.Peer(0) };

    private static NodeAddress[] Oldest(MembershipList list, int limit)
    {
        var places = new int[limit];
        return [.. places[..list.Oldest(places)].Select(place => list[place].Address)];
    }

    private static MembershipList Merged(MembershipEntry[] entries)
    {
        var list = new MembershipList();
        foreach (var entry in entries) list.Merge(new Claim(default, entry));
        return list;
    }

    private static (MembershipList List, DegreeHints Hints) Hints(int members)
    {
        var list = Merged([.. Enumerable.Range(0, members).Select(peer => Cast.Member(Cast.Peer(peer)))]);
        var hints = new DegreeHints(list);
        hints.Grow(members);
        for (var place = 0; place < members; place++) hints.SetAlive(place, true);
        return (list, hints);
    }
}
