using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Where votes are signed nobody speaks for others: forged counts, votes and reports in others' names and made-up ends
/// of memberships change nothing; what liars sign for themselves is bounded by the quorum.
/// </summary>
[TestFixture]
internal sealed class SignedLiarsTests
{
    private static readonly ByzantineBehavior[] behaviors =
        [.. Enum.GetValues<ByzantineBehavior>().Where(behavior => behavior.SuitsSeedNodes())];

    private static IEnumerable<(int SeedNodes, int Liars)> Bounds =>
        from seedNodes in Enumerable.Range(1, 9)
        from liars in Enumerable.Range(0, seedNodes)
        let quorum = Quorum.Size(seedNodes, QuorumRule.Byzantine, liars)
        // Without the liars a quorum must be left, or they need but be silent.
        where quorum <= seedNodes - liars && liars <= (2 * quorum) - seedNodes - 1
        select (seedNodes, liars);

    [Test]
    public void Every_lie_together_changes_nothing_for_up_to_nine_seed_nodes_and_every_bound(
        [ValueSource(nameof(Bounds))] (int SeedNodes, int Liars) bound)
    {
        var stage = Stage(bound.SeedNodes, bound.Liars, peers: 4).Forms();
        foreach (var behavior in behaviors)
            for (var liar = 0; liar < bound.Liars; liar++) stage.Lies(Cast.SeedNode(liar), behavior);

        stage.RunsFor(5).Crashes(Cast.Peer(3)).RunsFor(15).Crashes(Cast.Peer(1)).RunsFor(0.5);
        stage.StartsAgain(Cast.Peer(1)).RunsFor(40);

        Guarantees.Hold(stage);
        EveryChangeIsProved(stage);
        Assert.That(stage.HonestSeedNodes.Sum(stage.RefusalsAt), bound.Liars > 0 ? Is.Positive : Is.Zero);
    }

    [Test]
    public void Two_processes_at_one_address_never_share_an_epoch_within_the_bound(
        [Values(4, 7)] int seedNodes, [Range(1, 5)] int randomSeed)
    {
        var stage = TwoFaced(seedNodes, (seedNodes - 1) / 3, (ulong)randomSeed);

        Assert.That(stage.HonestCommits().Select(commit => commit.Ballot.Entry.Address), Does.Contain(Cast.Peer(0)));
        Guarantees.OneProcessPerEpoch(stage);
        EveryChangeIsProved(stage);
    }

    /// <summary>Signatures do not stop who signs twice himself: that is what the quorum is for.</summary>
    [Test]
    public void One_liar_more_than_the_bound_can_still_give_an_epoch_to_two_processes() => Assert.That(
        Enumerable.Range(1, 10).Count(randomSeed =>
            Guarantees.Conflicts(TwoFaced(seedNodes: 3, liars: 1, (ulong)randomSeed)).Any()),
        Is.Positive);

    [Test]
    public void A_peer_that_carries_a_certificate_is_believed_and_one_that_made_it_up_is_refused()
    {
        var signatures = new SimulatedSignatures(42);
        var news = Cast.Member(Cast.Peer(30), joinStamp: 50);
        var proof = Proof(news, signatures);
        var forged = Cast.Member(Cast.Peer(31), joinStamp: 51);
        var stage = Saying(signatures, () =>
        [
            (Cast.SeedNode(0), new Commit(news, proof)),
            (Cast.SeedNode(1), new Commit(forged, proof)),
        ]);

        stage.StartsSeedNodes().Starts(Cast.Peer(0)).RunsFor(1.5);

        var commits = stage.HonestCommits().ToArray();
        Assert.That(
            commits.Select(commit => (commit.Node, commit.Ballot.Entry)), Is.EqualTo([(Cast.SeedNode(0), news)]));
        Assert.That(stage.RefusalsAt(Cast.SeedNode(1)), Is.EqualTo(1));
        Assert.That(stage.Hearings.Count(hearing => hearing.Message is Status), Is.Zero, "nobody was asked");
        stage.RunsFor(10);
        foreach (var seedNode in stage.Rules.SeedNodes)
            Assert.That(stage.ListOf(seedNode), Is.EqualTo([news]), "the others learned of it by their digests");
    }

    /// <summary>Unsigned, the word of one seed node is enough to make a peer register again; a reporter's name too.
    /// </summary>
    [Test]
    public void A_seed_node_alone_ends_no_membership_and_makes_none([Values] bool isSigned)
    {
        var liar = Cast.SeedNode(4);
        var stage = new LiarsStage(
            new SeedNodeOptions { SeedNodes = [] }, peers: 3,
            actors: address => address == liar ? start => new SayingNode(start, Lies) : null,
            seedNodes: 5, signatures: isSigned ? new SimulatedSignatures(42) : null).Forms();

        Assert.That(stage.All(EventKind.FoundItselfRemoved).Any(), Is.EqualTo(!isSigned));
        Assert.That(stage.All(EventKind.Registered).Any(each => each.Event.About == liar), Is.EqualTo(!isSigned));
        if (!isSigned) return;
        foreach (var honest in stage.Rules.SeedNodes[..4])
            Assert.That(stage.ListOf(honest).Count(entry => entry.IsAlive), Is.EqualTo(3));

        IEnumerable<(NodeAddress, Message)> Lies() => Enumerable.Range(0, 3).SelectMany(peer =>
        {
            var entry = Cast.Member(Cast.Peer(peer), epoch: 7, joinStamp: 1);
            var forged = new Certificate(new ProposalId(liar, 1), Cast.SeedNodes(3));
            return new (NodeAddress, Message)[]
            {
                (entry.Address, new RegisterAck(entry.Address, 7, 1, forged)),
                (entry.Address, new Removed(entry.AsRemoved(), null)),
                (entry.Address, new Removed(entry.AsRemoved(), forged)),
            };
        });
    }

    [Test]
    public void Reports_and_votes_in_the_name_of_others_are_refused()
    {
        var signatures = new SimulatedSignatures(42);
        var victim = Cast.Member(Cast.Peer(1));
        var proposal = new ProposalId(Cast.SeedNode(2), 5);
        var report = (DeadNode)new Notary(Rules(signatures), Cast.Peer(2)).Seal(
            new DeadNode(victim.Address, 1, victim.NodeId, ReportFlag.Sole, "Dead Node"));
        var vote = (Vote)new Notary(Rules(signatures), Cast.SeedNode(2)).Seal(
            new Vote(proposal, victim, true, RefusalReason.None, null));
        var stage = Saying(signatures, () => [(Cast.SeedNode(0), report), (Cast.SeedNode(1), vote)]);

        stage.StartsSeedNodes().Starts(Cast.Peer(0)).RunsFor(1.5);

        Assert.That(stage.RefusalsAt(Cast.SeedNode(0)), Is.EqualTo(1));
        Assert.That(stage.All(EventKind.ReportHeard), Is.Empty);
        Assert.That(stage.RefusalsAt(Cast.SeedNode(1)), Is.EqualTo(1));
    }

    [Test]
    public void A_run_with_signatures_repeats_and_costs_what_it_costs()
    {
        var counts = Enumerable.Range(0, 2).Select(_ =>
        {
            var counting = new CountingSignatures(new SimulatedSignatures(42));
            var stage = new LiarsStage(
                new SeedNodeOptions { SeedNodes = [] }, peers: 10, seedNodes: 7, signatures: counting).Forms();
            var (signed, verified) = (counting.Signed, counting.Checked);
            stage.Crashes(Cast.Peer(4)).RunsFor(15);
            Guarantees.NobodyAliveIsRemoved(stage);
            TestContext.Out.WriteLine(
                $"10 registrations: {signed} signed, {verified} checked; "
                + $"one removal: {counting.Signed - signed} signed, {counting.Checked - verified} checked");
            return (stage.Fingerprint, signed, verified);
        }).ToArray();

        Assert.That(counts[0], Is.EqualTo(counts[1]));
        // A registration with 7 seed nodes: the request, 7 votes, and the coordinator's own in COMMIT and in the
        // acknowledgement; checked are the request, 3 votes of others at each seed node, and a quorum by the peer.
        Assert.That(counts[0].signed, Is.LessThanOrEqualTo(10 * 10));
        Assert.That(counts[0].verified, Is.InRange(10 * (1 + (7 * 3) + 4), 10 * (1 + (7 * 4) + 4)));
    }

    private static void EveryChangeIsProved(LiarsStage stage)
    {
        var signatures = new SimulatedSignatures(42);
        foreach (var (node, ballot, _) in stage.HonestCommits())
        {
            Assert.That(ballot.Signatures, Has.Length.EqualTo(ballot.Voters.Length));
            foreach (var (voter, signed) in ballot.Voters.Zip(ballot.Signatures!))
            {
                var statement = Statement.OfVote(
                    "test", voter, ballot.Proposal, ballot.Entry with { JoinStamp = signed.JoinStamp }, yes: true);
                Assert.That(
                    (voter == node && signed.Signature is null)
                        || signatures.IsValid(voter, statement, signed.Signature), Is.True);
            }
        }
    }

    private static Certificate Proof(MembershipEntry entry, SimulatedSignatures signatures)
    {
        var proposal = new ProposalId(Cast.SeedNode(1), 3);
        return new Certificate(proposal, Cast.SeedNodes(3), Array.ConvertAll(
            Cast.SeedNodes(3), voter => new VoteSignature(entry.JoinStamp, signatures.Sign(
                voter, Statement.OfVote("test", voter, proposal, entry, yes: true)))));
    }

    private static SigningRules Rules(SimulatedSignatures signatures) => new("test", Cast.SeedNodes(4), 3, signatures);

    private static LiarsStage Saying(
        SimulatedSignatures signatures, Func<IEnumerable<(NodeAddress To, Message Message)>> what) => new(
            new SeedNodeOptions { SeedNodes = [] }, peers: 1,
            actors: address => address == Cast.Peer(0) ? start => new SayingNode(start, what) : null,
            signatures: signatures);

    private static LiarsStage TwoFaced(int seedNodes, int liars, ulong randomSeed)
    {
        var stage = Stage(
            seedNodes, (seedNodes - 1) / 3, peers: 1, randomSeed,
            address => address == Cast.Peer(0) ? _ => new TwoFacedNode(Cast.SeedNodes(seedNodes)) : null);
        stage.StartsSeedNodes();
        for (var liar = 0; liar < liars; liar++)
            stage.Lies(Cast.SeedNode(seedNodes - 1 - liar), ByzantineBehavior.DoubleVote);
        return stage.Starts(Cast.Peer(0)).RunsFor(40);
    }

    private static LiarsStage Stage(
        int seedNodes, int tolerated, int peers, ulong randomSeed = 42,
        Func<NodeAddress, NodeFactory?>? actors = null) => new(
            new SeedNodeOptions
            {
                SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = tolerated,
            },
            peers, randomSeed, seedNodes: seedNodes, actors: actors, signatures: new SimulatedSignatures(42));
}
