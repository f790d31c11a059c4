using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Overlay": with whom each rule links a joining peer.</summary>
[TestFixture]
internal sealed class OverlayRuleTests
{
    private static readonly int[] Uneven = [1, 9, 2, 5, 5, 1, 3, 8, 1, 2, 4, 7];

    private static IEnumerable<TestCaseData> Rules()
    {
        (string Name, OverlayRule Rule)[] rules =
        [
            ("preferentialAttachment", new PreferentialAttachment()), ("topHalf", new TopHalf()),
            ("zipfRank by age", new ZipfRank(1, RankOrder.Age)),
            ("zipfRank by degree", new ZipfRank(2, RankOrder.Degree)),
            ("zipfRank shuffled", new ZipfRank(1, RankOrder.Shuffled)), ("uniform", new UniformAttachment()),
        ];
        return rules.Select(each => new TestCaseData(each.Rule).SetArgDisplayNames(each.Name));
    }

    [TestCaseSource(nameof(Rules))]
    public void Targets_are_distinct_and_older_and_the_same_for_the_same_random_seed(OverlayRule rule)
    {
        var options = With(rule, LinkCount.Exactly(4));
        PeerListEntry[] listed =
        [
            .. Picks.Older(Uneven),
            .. Enumerable.Range(20, 8).Select(
                peer => PeerStage.Entry(Cast.Peer(peer), joinStamp: PeerStage.BornAt + peer, degree: 50)),
            PeerStage.Entry(Cast.Peer(50), PeerStage.BornAt, degree: 60),
        ];

        for (var randomSeed = 0UL; randomSeed < 50; randomSeed++)
        {
            var picks = Picks.One(options, randomSeed, listed);
            Assert.That(picks, Is.Not.Empty.And.Unique.And.SubsetOf(Enumerable.Range(0, Uneven.Length)));
            Assert.That(Picks.One(options, randomSeed, listed), Is.EqualTo(picks));
        }
    }

    [Test]
    public void Preferential_attachment_draws_in_proportion_to_degree_and_without_replacement()
    {
        var picks = Picks.Of(With(new PreferentialAttachment(), LinkCount.Exactly(2)), 6000, Picks.Older(0, 1, 2, 4));

        AssertPairs(picks, [1, 1, 2, 4]);
    }

    [Test]
    public void Zipf_ranks_by_age_weigh_as_the_formula_says()
    {
        var picks = Picks.Of(
            With(new ZipfRank(1, RankOrder.Age), LinkCount.Exactly(1)), 6000, Picks.Older(Uneven).Reverse().ToArray());

        var harmonic = Enumerable.Range(1, Uneven.Length).Sum(rank => 1.0 / rank);
        Picks.AssertShares(
            Picks.Count(picks.Select(pick => pick.Single()), Uneven.Length),
            [.. Enumerable.Range(1, Uneven.Length).Select(rank => 1 / (rank * harmonic))]);
    }

    [Test]
    public void Zipf_ranks_by_degree_weigh_as_the_formula_says_for_each_further_pick()
    {
        // Ranks: 3 has the highest degree, then 1, 0 and 2; of equals the older is first.
        var picks = Picks.Of(
            With(new ZipfRank(1.5, RankOrder.Degree), LinkCount.Exactly(2)), 6000, Picks.Older(5, 7, 5, 9));

        AssertPairs(picks, [Math.Pow(3, -1.5), Math.Pow(2, -1.5), Math.Pow(4, -1.5), 1]);
    }

    [Test]
    public void Zipf_ranks_in_a_shuffled_order_are_a_uniform_choice()
    {
        var picks = Picks.Of(
            With(new ZipfRank(1, RankOrder.Shuffled), LinkCount.Exactly(3)), 4000, Picks.Older(Uneven));

        AssertAlike(picks, linksPerJoin: 3);
    }

    [Test]
    public void A_uniform_choice_takes_nobody_more_often()
    {
        var picks = Picks.Of(With(new UniformAttachment(), LinkCount.Exactly(4)), 4000, Picks.Older(Uneven));

        AssertAlike(picks, linksPerJoin: 4);
    }

    [Test]
    public void A_range_of_links_is_drawn_by_each_peer_for_itself()
    {
        var picks = Picks.Of(With(new PreferentialAttachment(), LinkCount.Between(1, 3)), 3000, Picks.Older(Uneven));

        var thirds = Enumerable.Repeat(1.0 / 3, 3).ToArray();
        Picks.AssertShares(Picks.Count(picks.Select(targets => targets.Length - 1), 3), thirds);
    }

    [Test]
    public void Floor_half_plus_one_is_of_the_members_in_the_list()
    {
        for (var listed = 1; listed <= 9; listed++)
        {
            var options = With(new ZipfRank(1, RankOrder.Shuffled), LinkCount.FloorHalfPlusOne);
            var picks = Picks.One(options, 7, Picks.Older(new int[listed]));
            Assert.That(picks, Has.Length.EqualTo((listed / 2) + 1), $"of {listed}");
        }
    }

    [TestCase(new[] { 3 }, new[] { 0 })]
    [TestCase(new[] { 1, 4, 4, 2, 9 }, new[] { 4, 1, 2 })]
    [TestCase(new[] { 2, 2, 2, 2 }, new[] { 0, 1 }, Description = "of equals the older")]
    public void The_top_half_is_the_better_connected_one(int[] degrees, int[] expected) =>
        Assert.That(Picks.One(With(new TopHalf()), 7, Picks.Older(degrees)), Is.EqualTo(expected));

    [Test]
    public void Nobody_is_asked_in_place_of_one_of_the_top_half_that_refuses()
    {
        var stage = Joining(new TopHalf(), Picks.Older(1, 9, 8, 1, 7, 1));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Has.Length.EqualTo(3));
        stage.IsAcceptedBy(Cast.Peer(1));
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.Peer(2), new Refuse([PeerStage.Entry(Cast.Peer(30))]));
        stage.Host.LosesLinkTo(Cast.Peer(4));

        Assert.That(stage.Host.All<Connect>(), Is.Empty);
        Assert.That(stage.Host.Reported(EventKind.Joined).Single().Number, Is.EqualTo(1));
    }

    [Test]
    public void Refused_by_the_whole_top_half_a_peer_goes_on_until_somebody_older_accepts()
    {
        var stage = Joining(new TopHalf(), Picks.Older(1, 9));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(1) }));
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.Peer(1), new Refuse([PeerStage.Entry(Cast.Peer(30), joinStamp: 1, degree: 5)]));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(30) }));
        stage.Host.Hears(Cast.Peer(30), new Refuse([]));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(30), Cast.Peer(0) }));
        stage.IsAcceptedBy(Cast.Peer(0));

        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Cast.Peer(0) }));
        Assert.That(stage.Host.Reported(EventKind.Joined), Has.Length.EqualTo(1));
    }

    [Test]
    public void Who_is_known_to_be_full_is_asked_only_when_nobody_older_is_left()
    {
        var options = With(new UniformAttachment(), LinkCount.Exactly(3)) with { MaxDegree = 6 };

        Assert.That(Picks.One(options, 7, Picks.Older(6, 9, 5, 6, 7)), Is.EqualTo(new[] { 2 }));
        Assert.That(Picks.One(options, 7, Picks.Older(6, 9, 6, 6, 7)), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_full_ones_of_the_top_half_are_taken_as_asked() => Assert.That(
        Picks.One(With(new TopHalf()) with { MaxDegree = 4 }, 7, Picks.Older(4, 3, 4, 2, 1, 1, 1, 4)),
        Is.EqualTo(new[] { 1 }), "three of four are full");

    [Test]
    public void Everybody_links_to_everybody_where_the_overlay_is_complete()
    {
        var options = With(new Complete()) with { PeerListLimit = 1000 };

        Assert.That(
            Picks.One(options, 7, Picks.Older(new int[600])), Is.EqualTo(Enumerable.Range(0, 600).Except([50])),
            "also to whom a later stamp was given, but whom the list names already");
    }

    [Test]
    public void Who_hears_of_more_members_than_it_is_linked_to_asks_for_them_where_the_overlay_is_complete()
    {
        var self = PeerStage.Entry(Cast.Peer(50), PeerStage.BornAt);
        var stage = Joining(new Complete(), [PeerStage.Entry(Cast.Peer(1)), self]);
        stage.IsAcceptedBy(Cast.Peer(1));
        stage.Host.TurnsPage();
        stage.WaitsWhile(3, Cast.Peer(1));
        Assert.That(stage.Host.All<GetPeerList>(), Is.Empty, "two members, one link");

        stage.Host.Hears(Cast.SeedNode(0), new PeerList(PeerListPurpose.Refresh, 1, 1, Total: 3, []));
        stage.WaitsWhile(1.5, Cast.Peer(1));
        Assert.That(
            stage.Host.All<GetPeerList>().Select(asked => asked.Purpose), Does.Contain(PeerListPurpose.Repair));
        stage.Hears(
            Cast.SeedNode(0), PeerListPurpose.Repair, PeerStage.Entry(Cast.Peer(1)), self,
            PeerStage.Entry(Cast.Peer(2), joinStamp: 101));

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(2) }));
    }

    [Test]
    public void A_joining_peer_opens_no_more_links_than_it_may_have()
    {
        var stage = new PeerStage(With(new TopHalf()) with { MaxDegree = 2 });
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(Picks.Older(1, 1, 1, 1, 1, 1, 1, 1));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(0), Cast.Peer(1) }));

        stage.Host.Hears(Cast.Peer(0), new Refuse([]));
        Assert.That(stage.Host.RecipientsOf<Connect>()[^1], Is.EqualTo(Cast.Peer(2)), "the next of the top half");
        stage.IsAcceptedBy(Cast.Peer(1));
        stage.Host.Hears(Cast.Peer(2), new Refuse([]));
        stage.Host.Hears(Cast.Peer(3), new Refuse([]));

        Assert.That(stage.Host.RecipientsOf<Connect>(), Has.Length.EqualTo(4), "nobody of the other half");
        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Cast.Peer(1) }));
        Assert.That(stage.Host.Reported(EventKind.Joined), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_list_that_is_longer_than_usual_is_remembered_whole_while_joining()
    {
        var stage = new PeerStage(With(new UniformAttachment()) with { PeerListLimit = 700 });
        stage.IsAcknowledged(joinStamp: 5000);

        stage.ReadsFromAMajority(Picks.Older(new int[700]));

        Assert.That(stage.Host.Node.TableEntries, Is.EqualTo(699), "all but itself");
    }

    /// <summary>Where degree drew a list it tells, instead of degrees, how often each was drawn.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Degrees_of_a_drawn_list_make_ranks_and_draws_make_chances(bool drewByDegree)
    {
        OverlayRule rule = drewByDegree ? new PreferentialAttachment() : new ZipfRank(10, RankOrder.Degree);
        var hubs = 0;
        for (var run = 0UL; run < 400; run++)
        {
            var stage = new PeerStage(With(rule, LinkCount.Exactly(1)), randomSeed: run);
            stage.IsAcknowledged();
            foreach (var seedNode in stage.Options.SeedNodes)
                stage.Host.Hears(seedNode, new PeerList(PeerListPurpose.Join, 1, 1, Total: 9000, Picks.Older(1, 3)));
            if (stage.Host.RecipientsOf<Connect>().Single() == Cast.Peer(1)) hubs++;
        }

        // Binomial(400, 3/4): five standard deviations of 8.7. By rank, all but one in a thousand.
        Assert.That(hubs, drewByDegree ? Is.InRange(257, 343) : Is.GreaterThan(395));
    }

    /// <summary>Each list is a draw of its own, so whom all of them name was drawn that often.</summary>
    [Test]
    public void What_several_lists_drew_adds_up()
    {
        var hubs = 0;
        for (var run = 0UL; run < 400; run++)
        {
            var stage = new PeerStage(With(new PreferentialAttachment(), LinkCount.Exactly(1)), randomSeed: run);
            stage.IsAcknowledged();
            var listed = Picks.Older(1, 1);
            foreach (var (place, seedNode) in stage.Options.SeedNodes.Index())
                stage.Host.Hears(seedNode, new PeerList(
                    PeerListPurpose.Join, 1, 1, Total: 9000, place == 0 ? listed : listed[1..]));
            if (stage.Host.RecipientsOf<Connect>().Single() == Cast.Peer(1)) hubs++;
        }

        // Three draws against one, Binomial(400, 3/4): five standard deviations of 8.7.
        Assert.That(hubs, Is.InRange(257, 343));
    }

    private static PeerOptions With(OverlayRule rule, LinkCount? linksPerJoin = null) => new()
    {
        SeedNodes = [],
        OverlayRule = rule,
        LinksPerJoin = linksPerJoin ?? LinkCount.Exactly(3),
        MinDegree = 1,
    };

    private static PeerStage Joining(OverlayRule rule, PeerListEntry[] listed)
    {
        var stage = new PeerStage(With(rule));
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(listed);
        return stage;
    }

    /// <summary>The first pick by weight, the second by the weights of the others.</summary>
    private static void AssertPairs(int[][] picks, double[] weights)
    {
        var total = weights.Sum();
        var cells = new List<(int First, int Second, double Share)>();
        for (var first = 0; first < weights.Length; first++)
            for (var second = 0; second < weights.Length; second++)
                if (first != second)
                    cells.Add((
                        first, second, weights[first] / total * (weights[second] / (total - weights[first]))));
        Picks.AssertShares(
            [.. cells.Select(cell => picks.Count(pick => pick[0] == cell.First && pick[1] == cell.Second))],
            [.. cells.Select(cell => cell.Share)]);
    }

    private static void AssertAlike(int[][] picks, int linksPerJoin)
    {
        Assert.That(picks, Has.All.Length.EqualTo(linksPerJoin));
        var members = Uneven.Length;
        Picks.AssertShares(
            Picks.Count(picks.SelectMany(pick => pick), members), Enumerable.Repeat(1.0 / members, members).ToArray(),
            spread: (members - linksPerJoin) / (members - 1.0));
    }
}
