using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The structures behind the membership list do what a plain list or dictionary would.</summary>
[TestFixture]
internal sealed class MembershipStructureTests
{
    private const int Members = 700;

    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(40);

    /// <summary>Enough members for several blocks, with stamps nearly in order, and who of them goes.</summary>
    private static readonly Arbitrary<(long[] Stamps, int[] Gone)> anyLives =
        (from stamps in Gen.ArrayOf(Gen.Choose(0, 60), Members)
         from disorder in Gen.Choose(0, 2)
         from gone in Gen.ArrayOf(Gen.Choose(0, Members - 1), Members)
         select (stamps.Select((stamp, place) => (long)stamp + (disorder == 0 ? 0 : place / disorder)).ToArray(), gone))
        .ToArbitrary();

    private static readonly Arbitrary<(int Place, int Weight)[]> anyWeights =
        Gen.ArrayOf(
            from place in Gen.Choose(0, 4_999)
            from weight in Gen.Choose(0, 5)
            select (place, weight), 200).ToArbitrary();

    [Test]
    public void A_column_holds_what_was_put_at_each_place()
    {
        var column = new Column<int>();
        for (var place = 0; place < 40_000; place++) column.Add(place);
        for (var place = 0; place < column.Count; place += 7) column[place] = -place;

        for (var place = 0; place < column.Count; place++)
            Assert.That(column[place], Is.EqualTo(place % 7 == 0 ? -place : place));
        Assert.That(column.Slice(39_984, 32).ToArray(), Is.EqualTo(Enumerable.Range(39_984, 16).Select(
            place => place % 7 == 0 ? -place : place)), "no farther than the last");
    }

    [Test]
    public void Every_address_is_found_at_its_place_and_no_other_is_found()
    {
        var entries = new Column<MembershipEntry>();
        var index = new PlaceIndex(entries);
        for (var peer = 0; peer < 5_000; peer += 2)
        {
            entries.Add(Cast.Member(Cast.Peer(peer)));
            index.Add(entries.Count - 1);
        }

        for (var peer = 0; peer < 5_000; peer++)
            Assert.That(index.Of(Cast.Peer(peer)), Is.EqualTo(peer % 2 == 0 ? peer / 2 : -1));
    }

    [Test]
    public void Seniority_is_the_order_of_stamp_and_address_whoever_goes() => Prop.ForAll(anyLives, lives =>
    {
        var (entries, seniority) = Seniors(lives.Stamps);
        var left = new SortedSet<(long, NodeAddress, int)>(
            lives.Stamps.Select((stamp, place) => (stamp, Cast.Peer(place), place)));
        foreach (var place in lives.Gone)
        {
            seniority.Remove(place);
            left.Remove((lives.Stamps[place], Cast.Peer(place), place));
        }

        var oldest = new int[Members];
        var first = new int[5];
        var isWhole = oldest[..seniority.Oldest(oldest)].SequenceEqual(left.Select(member => member.Item3));
        var isFirst = first[..seniority.Oldest(first)].SequenceEqual(left.Take(5).Select(member => member.Item3));
        return isWhole && isFirst && seniority.Count == left.Count;
    }).Check(replayed);

    [Test]
    public void Weights_are_found_as_if_they_were_added_up_one_by_one() => Prop.ForAll(anyWeights, changes =>
    {
        var (tree, weights) = (new WeightTree(), new int[5_000]);
        foreach (var _ in weights) tree.Add();
        foreach (var (place, weight) in changes) tree[place] = weights[place] = weight;

        long sum = 0;
        for (var place = 0; place < weights.Length; place++)
        {
            if (tree[place] != weights[place]) return false;
            for (var part = 0; part < weights[place]; part++)
                if (tree.Find(sum++) != place) return false;
        }

        return sum == tree.Total;
    }).Check(replayed);

    [Test]
    public void Settled_hashes_are_those_of_a_list_without_what_came_later() => Prop.ForAll(anyLives, lives =>
    {
        var list = new MembershipList();
        var settled = list.Hashes.Settle();
        var random = new NodeRandom(1);
        foreach (var place in lives.Gone)
        {
            var member = Cast.Member(Cast.Peer(place), 1 + random.Next(3), lives.Stamps[random.Next(Members)]);
            list.Merge(new Claim(default, random.Next(4) == 0 ? member.AsRemoved() : member));
            if (random.Next(20) > 0) continue;
            settled.MoveTo(random.Next(4) == 0 ? lives.Stamps[random.Next(Members)] : list.LatestJoinStamp - 5);
            if (!settled.Parts.SequenceEqual(HashesUpTo(list, settled.UpTo))) return false;
        }

        return true;
    }).Check(replayed);

    [Test]
    public void The_parts_of_a_bucket_make_up_its_hash_and_hold_all_its_members()
    {
        var list = new MembershipList();
        for (var peer = 0; peer < 3_000; peer++) list.Merge(new Claim(default, Cast.Member(Cast.Peer(peer), 1, peer)));

        var buckets = ListHashes.OfBuckets(list.Hashes.Whole);
        var (seen, xor) = (new List<int>(), new ulong[ListHashes.BucketCount]);
        for (var part = 0; part < list.Hashes.Whole.Length; part++)
        {
            var places = new List<int>();
            list.Hashes.AddPlaces(part, upTo: 2_000, places);
            Assert.That(places, Has.All.Matches<int>(place => ListHashes.PartOf(list[place].Address) == part));
            seen.AddRange(places);
            xor[part / ListHashes.PartsPerBucket] ^= list.Hashes.Whole[part];
        }

        Assert.That(seen, Is.EquivalentTo(Enumerable.Range(0, 2_001)));
        Assert.That(xor, Is.EqualTo(buckets));
    }

    [Test]
    public void A_sample_is_distinct_and_complete_where_one_member_holds_nearly_all_links()
    {
        var (list, hints) = Star(40, links: 2_000);
        var random = new NodeRandom(1);
        var (places, draws) = (new int[16], new int[16]);

        for (var sample = 0; sample < 200; sample++)
        {
            Assert.That(hints.Sample(places, draws, ref random), Is.EqualTo(16));
            Assert.That(places, Is.Unique.And.Contains(0), "the hub has 99 in 100 links");
        }

        var all = new int[60];
        Assert.That(hints.Sample(all, new int[60], ref random), Is.EqualTo(list.Count));
        Assert.That(all[..list.Count], Is.Unique);
        Assert.That(Enumerable.Range(0, 40).Select(hints.Of).Sum(), Is.EqualTo(4_000), "samples change no degree");
    }

    /// <summary>
    /// Without replacement: the first is drawn by degree, the next by degree among the others. Where the hub uses up
    /// the draws, who completes the sample is drawn so too.
    /// </summary>
    [Test]
    public void The_second_of_a_sample_is_drawn_by_degree_among_the_others()
    {
        var (_, hints) = Star(5, links: 3_000);
        hints.Replace(2, [Cast.Peer(1), Cast.Peer(1), Cast.Peer(1)]);
        var random = new NodeRandom(7);
        var (second, places, draws) = (new int[5], new int[2], new int[2]);
        const int Samples = 40_000;
        for (var sample = 0; sample < Samples; sample++)
        {
            hints.Sample(places, draws, ref random);
            second[places[0] == 0 ? places[1] : places[0]]++;
        }

        double total = Enumerable.Range(1, 4).Select(hints.Of).Sum();
        for (var place = 1; place < 5; place++)
        {
            // Binomial, five standard deviations; the hub is first in all but a handful of samples.
            var share = hints.Of(place) / total;
            var spread = 5 * Math.Sqrt(Samples * share * (1 - share));
            Assert.That(second[place], Is.EqualTo(Samples * share).Within(spread), $"place {place}");
        }
    }

    /// <summary>
    /// Who knows only a sample chooses as if it knew all: any of the draws is as good as a draw. But the last draw is
    /// always somebody new, which costs the hubs one in all the draws.
    /// </summary>
    [Test]
    public void The_draws_of_a_sample_are_shared_out_by_degree()
    {
        var (list, hints) = Star(400, links: 399);
        hints.Replace(1, [.. Enumerable.Range(2, 60).Select(Cast.Peer)]);
        var random = new NodeRandom(11);
        var (places, draws, shares) = (new int[50], new int[50], new double[400]);
        const int Samples = 4_000;
        var draw = 0;
        for (var sample = 0; sample < Samples; sample++)
        {
            Assert.That(hints.Sample(places, draws, ref random), Is.EqualTo(50));
            draw += draws.Sum();
            for (var named = 0; named < 50; named++) shares[places[named]] += (double)draws[named] / draws.Sum();
        }

        double total = Enumerable.Range(0, list.Count).Select(hints.Of).Sum();
        foreach (var (place, tolerance) in new[] { (0, 0.015), (1, 0.05) })
        {
            var wanted = hints.Of(place) / total * (1 - ((double)Samples / draw));
            Assert.That(shares[place] / Samples, Is.EqualTo(wanted).Within(tolerance * wanted), $"place {place}");
        }

        Assert.That(hints.Of(0) / total, Is.GreaterThan(0.4), "a hub");
    }

    private static ulong[] HashesUpTo(MembershipList list, long upTo)
    {
        var hashes = new ulong[list.Hashes.Whole.Length];
        for (var place = 0; place < list.Count; place++)
            if (list[place].JoinStamp <= upTo)
                hashes[ListHashes.PartOf(list[place].Address)] ^= list[place].Fingerprint();
        return hashes;
    }

    private static (Column<MembershipEntry> Entries, Seniority Seniority) Seniors(long[] stamps)
    {
        var entries = new Column<MembershipEntry>();
        var seniority = new Seniority(entries);
        for (var place = 0; place < stamps.Length; place++)
        {
            entries.Add(Cast.Member(Cast.Peer(place), 1, stamps[place]));
            seniority.Add(place);
        }

        return (entries, seniority);
    }

    /// <summary>Member 0 has told that it opened so many links, to the others in turn.</summary>
    private static (MembershipList List, DegreeHints Hints) Star(int members, int links)
    {
        var list = new MembershipList();
        for (var peer = 0; peer < members; peer++) list.Merge(new Claim(default, Cast.Member(Cast.Peer(peer))));
        var hints = new DegreeHints(list);
        hints.Grow(members);
        for (var place = 0; place < members; place++) hints.SetAlive(place, true);
        hints.Replace(0, [.. Enumerable.Range(0, links).Select(link => Cast.Peer(1 + (link % (members - 1))))]);
        return (list, hints);
    }
}
