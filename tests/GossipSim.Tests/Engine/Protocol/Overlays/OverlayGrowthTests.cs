using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Overlays grown by the rules alone: the facts of SOURCES section 6.</summary>
[TestFixture]
internal sealed class OverlayGrowthTests
{
    [Test]
    public void Preferential_attachment_makes_hubs_and_a_uniform_choice_makes_none()
    {
        var grown = Grow(new PreferentialAttachment(), LinkCount.Exactly(3), peers: 2000);
        var even = Grow(new UniformAttachment(), LinkCount.Exactly(3), peers: 2000);

        // Opened by the n-th peer: min(n, 3) links.
        Assert.That(grown.Sum(), Is.EqualTo(2 * (1 + 2 + (3 * 1997))));
        Assert.That(even.Sum(), Is.EqualTo(grown.Sum()));
        Assert.That(grown.Min(), Is.EqualTo(3));
        Assert.That(grown.Max(), Is.InRange(70, 250));
        Assert.That(even.Max(), Is.InRange(18, 40));
    }

    /// <summary>Bollobas and others 2001: the share of degree k is 2m(m+1)/(k(k+1)(k+2)).</summary>
    [Test]
    public void The_shares_of_small_degrees_are_those_that_are_proven_for_preferential_attachment()
    {
        const int Peers = 4000;
        var degrees = Grow(new PreferentialAttachment(), LinkCount.Exactly(2), Peers);

        for (var degree = 2; degree <= 6; degree++)
        {
            var expected = 12.0 / (degree * (degree + 1) * (degree + 2));
            var share = degrees.Count(each => each == degree) / (double)Peers;
            Assert.That(share, Is.EqualTo(expected).Within(5 * Math.Sqrt(expected / Peers)), $"degree {degree}");
        }
    }

    /// <summary>A peer i of n gets m of each later peer j's links with a chance of m/j: harmonic sums.</summary>
    [Test]
    public void With_a_uniform_choice_the_mean_degree_falls_with_the_logarithm_of_age()
    {
        const int Peers = 600;
        var sums = new double[Peers];
        for (var randomSeed = 0UL; randomSeed < 60; randomSeed++)
        {
            var degrees = Grow(new UniformAttachment(), LinkCount.Exactly(3), Peers, randomSeed);
            for (var peer = 0; peer < Peers; peer++) sums[peer] += degrees[peer] / 60.0;
        }

        foreach (var (from, to) in new[] { (3, 20), (100, 140), (500, 600) })
        {
            var expected = Enumerable.Range(from, to - from)
                .Average(peer => 3 + Enumerable.Range(peer + 1, Peers - peer - 1).Sum(later => 3.0 / later));
            Assert.That(sums[from..to].Average(), Is.EqualTo(expected).Within(0.04 * expected));
        }
    }

    [Test]
    public void A_cap_of_four_makes_the_top_half_a_sparse_overlay_in_which_nobody_is_alone()
    {
        var degrees = Grow(new TopHalf(), LinkCount.Exactly(3), peers: 800, maxDegree: 4);

        // SOURCES section 6: half of all have four links, the others one. Only the oldest takes whoever is left.
        Assert.That(degrees.Average(), Is.EqualTo(2.5).Within(0.1));
        Assert.That(degrees.Skip(1).Max(), Is.EqualTo(4));
        Assert.That(degrees.Min(), Is.EqualTo(1));
    }

    [Test]
    public void Ranked_by_age_the_oldest_are_hubs()
    {
        var byAge = Grow(new ZipfRank(1, RankOrder.Age), LinkCount.Exactly(3), peers: 1000);
        var shuffled = Grow(new ZipfRank(1, RankOrder.Shuffled), LinkCount.Exactly(3), peers: 1000);

        Assert.That(byAge.Max(), Is.GreaterThan(5 * shuffled.Max()));
        Assert.That(byAge.Take(5), Is.All.GreaterThan(10 * byAge.Average()));
    }

    [Test]
    public void All_are_linked_where_the_rule_says_so_and_as_planned_where_there_is_a_plan()
    {
        var plan = Plan(9);

        Assert.That(Grow(new Complete(), LinkCount.Exactly(3), 9), Is.All.EqualTo(8));
        Assert.That(
            Grow(new PlannedOverlay(plan, 9, Ring.Links(9)), LinkCount.Exactly(3), 9), Is.All.EqualTo(2));
        Assert.That(
            Grow(new PlannedOverlay(plan, 9, [(0, 4), (4, 8)]), LinkCount.Exactly(3), 9),
            Is.EqualTo(new[] { 1, 0, 0, 0, 2, 0, 0, 0, 1 }));
    }

    [Test]
    public void The_same_random_seed_grows_the_same_and_another_one_another()
    {
        int[] Of(ulong randomSeed) => Grow(new PreferentialAttachment(), LinkCount.Between(1, 3), 300, randomSeed);
        var (first, again, other) = (Of(5), Of(5), Of(6));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void All_who_joined_are_told_and_who_is_told_can_end_it()
    {
        var joined = 0;
        Grow(new UniformAttachment(), LinkCount.Exactly(1), 1000, joined: peers => joined += peers);

        Assert.That(joined, Is.EqualTo(1000));
        Assert.That(
            () => Grow(
                new UniformAttachment(), LinkCount.Exactly(1), 1000,
                joined: _ => throw new OperationCanceledException()),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static int[] Grow(
        OverlayRule rule, LinkCount links, int peers, ulong randomSeed = 1, int maxDegree = int.MaxValue,
        Action<int>? joined = null) => OverlayGrowth.Degrees(
        Plan(peers),
        new PeerOptions { SeedNodes = [], OverlayRule = rule, LinksPerJoin = links, MaxDegree = maxDegree },
        randomSeed, joined ?? (_ => { }));

    private static AddressPlan Plan(int peers) => new(Cast.SeedNode(0), 0, Cast.Peer(0), peers);
}
