using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Peers that lie in a network of honest ones: what comes of it, and what does not.</summary>
[TestFixture]
internal sealed class LyingPeerTests
{
    private const int Peers = 10;
    private static readonly NodeAddress Victim = Cast.Peer(2);
    private static readonly NodeAddress Liar = Cast.Peer(7);

    [Test]
    public void A_false_report_removes_nobody_while_seed_nodes_look_for_themselves([Range(1, 5)] int randomSeed)
    {
        var stage = Stage(RemovalEvidence.DirectProbe, randomSeed).Forms();

        stage.Lies(Liar, ByzantineBehavior.FalseDeadReport, Victim).RunsFor(60);

        Assert.That(stage.All(EventKind.ReportHeard).Count(), Is.GreaterThan(100));
        Guarantees.Hold(stage);
        Assert.That(stage.ListOf(Cast.SeedNode(0)).Select(entry => entry.Epoch), Is.All.EqualTo(1));
        Assert.That(stage.All(EventKind.SuspicionCleared).Concat(stage.All(EventKind.DeathReported)), Is.Empty,
            "its neighbors look for themselves too");
    }

    [Test]
    public void One_liar_removes_the_victim_where_reporters_are_trusted()
    {
        var stage = Stage(RemovalEvidence.TrustReporter).Forms();

        stage.Lies(Liar, ByzantineBehavior.FalseDeadReport, Victim).RunsFor(20);

        var removals = stage.HonestCommits().Where(commit => !commit.Ballot.Entry.IsAlive).ToList();
        Assert.That(removals.Select(commit => commit.Ballot.Entry.Address).Distinct(), Is.EqualTo(new[] { Victim }));
        Assert.That(removals.Select(commit => commit.Node).Distinct().Count(), Is.EqualTo(4), "at every seed node");
        Assert.That(stage.All(EventKind.FoundItselfRemoved).First().Node, Is.EqualTo(Victim));
    }

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void With_distinct_reporters_as_many_liars_are_needed_as_the_rule_says(int liars, bool isRemoved)
    {
        var stage = Stage(RemovalEvidence.DistinctReporters).Forms();

        for (var liar = 0; liar < liars; liar++)
            stage.Lies(Cast.Peer(7 + liar), ByzantineBehavior.FalseDeadReport, Victim);
        stage.RunsFor(30);

        Assert.That(stage.All(EventKind.FoundItselfRemoved).Any(), Is.EqualTo(isRemoved));
        if (!isRemoved) Guarantees.Hold(stage);
    }

    [TestCase(RemovalEvidence.DirectProbe)]
    [TestCase(RemovalEvidence.TrustReporter)]
    [TestCase(RemovalEvidence.DistinctReporters)]
    public void Whatever_the_evidence_who_crashes_is_removed_within_the_bound(RemovalEvidence evidence)
    {
        var stage = Stage(evidence).Forms();

        stage.Crashes(Victim).RunsFor(8);

        foreach (var seedNode in stage.HonestSeedNodes)
            Assert.That(stage.ListOf(seedNode).Single(entry => entry.Address == Victim).IsAlive, Is.False);
        Guarantees.NobodyAliveIsRemoved(stage);
    }

    [Test]
    public void Lying_witnesses_bring_about_reports_and_the_seed_nodes_refuse_them([Range(1, 5)] int randomSeed)
    {
        LiarsStage? stage = null;
        stage = Stage(RemovalEvidence.DirectProbe, randomSeed, actors: address => address != Cast.Peer(1) ? null
            : start => new DeafNode(
                new Peer(stage!.PeerRules, start), to: Cast.Peer(0), since: Instant.FromSeconds(25)));
        stage.Forms();
        for (var liar = 2; liar < Peers; liar++) stage.Lies(Cast.Peer(liar), ByzantineBehavior.LyingWitness);

        stage.RunsFor(60);

        var reports = stage.All(EventKind.DeathReported).ToList();
        Assert.That(reports.Select(report => (report.Node, report.Event.About)).Distinct(),
            Is.EqualTo(new[] { (Cast.Peer(1), Cast.Peer(0)) }));
        Assert.That(((DeadNode)reports[0].Event.Detail!).Flag, Is.EqualTo(ReportFlag.Confirmed));
        Assert.That(reports, Has.Count.LessThanOrEqualTo(4), "10, 20, 40 seconds between them");
        Assert.That(stage.All(EventKind.ReportRefused).Count(), Is.EqualTo(reports.Count));
        Guarantees.Hold(stage);
    }

    [Test]
    public void A_forged_origin_refuses_what_it_never_said_and_nobody_takes_a_number_twice([Range(1, 5)] int randomSeed)
    {
        var stage = Stage(RemovalEvidence.DirectProbe, randomSeed).Forms();
        stage.Lies(Liar, ByzantineBehavior.ForgeOrigin, Victim).RunsFor(20);
        stage.Publishes(Victim, Cast.Peer(4)).RunsFor(60);

        var forged = Deliveries(stage).Where(taken => taken.Gossip.Text.StartsWith("never said")).ToList();
        Assert.That(forged.Select(taken => taken.Gossip.Number).Distinct(), Is.EquivalentTo(Enumerable.Range(1, 10)));
        Assert.That(forged.Select(taken => taken.Node), Does.Not.Contain(Victim));
        Assert.That(Deliveries(stage).Where(taken => taken.Node != Liar && taken.Gossip.Origin == Victim)
            .Select(taken => taken.Gossip.Text), Is.All.StartsWith("never said"), "what cannot be prevented");
        Assert.That(Deliveries(stage).Count(taken => taken.Gossip.Origin == Cast.Peer(4)), Is.EqualTo(10 * 9));
        AssertNothingIsDeliveredTwice(stage);
        Guarantees.Hold(stage);
        foreach (var peer in stage.LivingPeers)
            Assert.That(stage.TableEntriesOf(peer), Is.LessThan(400), $"tables of {peer}");
    }

    [Test]
    public void Messages_said_again_change_no_list_and_reach_nobody_twice([Range(1, 5)] int randomSeed)
    {
        var stage = Stage(RemovalEvidence.DirectProbe, randomSeed).Forms().Crashes(Cast.Peer(5)).RunsFor(15);
        stage.Lies(Liar, ByzantineBehavior.ReplayOldMessages).Lies(Cast.Peer(0), ByzantineBehavior.ReplayOldMessages);

        stage.Publishes(Victim, Liar).RunsFor(30).StartsAgain(Cast.Peer(5)).RunsFor(60);

        AssertNothingIsDeliveredTwice(stage);
        Guarantees.Hold(stage);
        Assert.That(stage.ListOf(Cast.SeedNode(0)).Where(entry => entry.Epoch != 1).Select(entry => entry.Address),
            Is.EqualTo(new[] { Cast.Peer(5) }), "only who died is there at a second epoch");
    }

    [Test]
    public void Sybils_that_swallow_gossip_do_not_keep_it_from_who_has_an_honest_neighbor([Range(1, 5)] int randomSeed)
    {
        var stage = Stage(RemovalEvidence.DirectProbe, randomSeed).Forms();
        foreach (var sybil in (NodeAddress[])[Cast.Peer(4), Liar, Cast.Peer(8)])
            foreach (var behavior in ByzantineBehaviors.OfSybil) stage.Lies(sybil, behavior);

        stage.Publishes(Cast.Peer(0)).RunsFor(70);

        var honest = stage.LivingPeers.Except([Cast.Peer(4), Liar, Cast.Peer(8), Cast.Peer(0)]).ToList();
        foreach (var peer in honest)
            Assert.That(Deliveries(stage).Count(taken => taken.Node == peer), Is.EqualTo(10), $"what {peer} got");
        Guarantees.Hold(stage);
    }

    [Test]
    public void A_run_with_liars_is_the_same_run_every_time()
    {
        ulong Run()
        {
            var stage = Stage(RemovalEvidence.DirectProbe).Forms();
            foreach (var behavior in Enum.GetValues<ByzantineBehavior>())
                stage.Lies(behavior.SuitsPeers() ? Liar : Cast.SeedNode(1), behavior);
            return stage.Publishes(Victim).RunsFor(20).Fingerprint;
        }

        var first = Run();
        Assert.That(Run(), Is.EqualTo(first));
    }

    private static LiarsStage Stage(
        RemovalEvidence evidence, int randomSeed = 42, Func<NodeAddress, NodeFactory?>? actors = null) => new(
        new SeedNodeOptions { SeedNodes = [], RemovalEvidence = evidence }, Peers, (ulong)randomSeed,
        new PeerOptions
        {
            SeedNodes = [],
            ReportTo = evidence == RemovalEvidence.DistinctReporters ? ReportTo.AllSeedNodes : ReportTo.TurnByTurn,
        },
        actors);

    private static IEnumerable<(NodeAddress Node, Gossip Gossip)> Deliveries(LiarsStage stage) => stage
        .All(EventKind.GossipDelivered).Select(taken => (taken.Node, (Gossip)taken.Event.Detail!));

    /// <summary>A process that started again knows nothing of what an earlier one took; nobody does so here.</summary>
    private static void AssertNothingIsDeliveredTwice(LiarsStage stage) =>
        Assert.That(
            Deliveries(stage).Where(taken => taken.Node != Cast.Peer(5))
                .Select(taken => (taken.Node, taken.Gossip.Key)),
            Is.Unique);
}
