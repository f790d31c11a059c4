using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// ANCHORS 2.8, S9: for every n up to 9, every rule for the quorum q, and every number f of lying seed nodes up to
/// 2q - n - 1, the outcome is the same as without them; with one liar more it need not be.
/// </summary>
[TestFixture]
[Category(FullSize.Category)]
internal sealed class EveryBoundTests
{
    private static readonly ByzantineBehavior[] behaviors =
        [.. Enum.GetValues<ByzantineBehavior>().Where(behavior => behavior.SuitsSeedNodes())];

    private static IEnumerable<TestCaseData> Bounds() =>
        from rule in Rules()
        from liars in Enumerable.Range(1, rule.Bound)
        select new TestCaseData(rule.Rule, rule.SeedNodes, rule.Told, liars);

    /// <summary>Two honest seed nodes at least, so that there is somebody to disagree.</summary>
    private static IEnumerable<TestCaseData> OneLiarMore() =>
        from rule in Rules()
        where rule.SeedNodes - rule.Bound > 2
        select new TestCaseData(rule.Rule, rule.SeedNodes, rule.Told, rule.Bound + 1);

    private static IEnumerable<(QuorumRule Rule, int SeedNodes, int Told, int Bound)> Rules()
    {
        foreach (var rule in Enum.GetValues<QuorumRule>())
        {
            for (var seedNodes = 1; seedNodes <= 9; seedNodes++)
            {
                // Faults that the rule is told of: only one of the rules asks, and all must leave a quorum.
                for (var told = 0; told <= (rule == QuorumRule.Byzantine ? (seedNodes - 1) / 3 : 0); told++)
                {
                    var quorum = Quorum.Size(seedNodes, rule, told);
                    yield return (rule, seedNodes, told, (2 * quorum) - seedNodes - 1);
                }
            }
        }
    }

    [TestCaseSource(nameof(Bounds))]
    public void Liars_up_to_the_bound_change_nothing(QuorumRule rule, int seedNodes, int told, int liars)
    {
        var rules = Options(rule, told);
        var stage = new LiarsStage(rules, peers: 6, seedNodes: seedNodes).Forms();
        for (var liar = 0; liar < liars; liar++)
            foreach (var behavior in behaviors) stage.Lies(Cast.SeedNode(seedNodes - 1 - liar), behavior);

        stage.RunsFor(3).Crashes(Cast.Peer(3)).RunsFor(12).Crashes(Cast.Peer(5)).RunsFor(0.5);
        stage.StartsAgain(Cast.Peer(5)).RunsFor(30);

        Guarantees.OneProcessPerEpoch(stage);
        Guarantees.EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(stage);
        Guarantees.NobodyAliveIsRemoved(stage);
        // Who lies may also be silent: where the honest ones are no quorum, nothing has to happen.
        if (seedNodes - liars < stage.Rules.QuorumSize) return;
        // A rule that is told of no liars takes memberships that were made up for ones that it missed, and ends them
        // wherever nobody answers: the dead may be dead at other epochs.
        if (told >= liars) Guarantees.ListsAreEqual(stage);
        foreach (var seedNode in stage.HonestSeedNodes)
            Assert.That(LivingIn(stage, seedNode), Is.EqualTo(stage.LivingPeers), $"the list of {seedNode}");
    }

    [TestCaseSource(nameof(Bounds))]
    public void Two_processes_at_one_address_never_share_an_epoch(
        QuorumRule rule, int seedNodes, int told, int liars)
    {
        var stage = TwoFaced(rule, seedNodes, told, liars);

        Guarantees.OneProcessPerEpoch(stage);
        Guarantees.EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(stage);
    }

    [TestCaseSource(nameof(OneLiarMore))]
    public void One_liar_more_can_give_an_epoch_to_two_processes(
        QuorumRule rule, int seedNodes, int told, int liars)
    {
        var conflicts = Enumerable.Range(1, 10).Select(randomSeed =>
            Guarantees.Conflicts(TwoFaced(rule, seedNodes, told, liars, (ulong)randomSeed)).Count());

        Assert.That(conflicts, Has.Some.Positive, "the bound is where DESIGN says, and the liars do lie");
    }

    [Test]
    public void No_bound_is_left_out() => Assert.That(
        Bounds().Select(bound => (int)bound.Arguments[1]!).Distinct(), Is.EquivalentTo(Enumerable.Range(2, 8)),
        "a seed node alone has nobody beside it who could lie");

    private static LiarsStage TwoFaced(
        QuorumRule rule, int seedNodes, int told, int liars, ulong randomSeed = 42)
    {
        var addresses = Cast.SeedNodes(seedNodes);
        var stage = new LiarsStage(
            Options(rule, told), peers: 1, randomSeed, seedNodes: seedNodes,
            actors: address => address == Cast.Peer(0) ? _ => new TwoFacedNode(addresses) : null);
        stage.StartsSeedNodes();
        for (var liar = 0; liar < liars; liar++)
            stage.Lies(addresses[^(1 + liar)], ByzantineBehavior.DoubleVote);

        return stage.Starts(Cast.Peer(0)).RunsFor(40);
    }

    private static IEnumerable<NodeAddress> LivingIn(LiarsStage stage, NodeAddress seedNode) =>
        stage.ListOf(seedNode).Where(entry => entry.IsAlive).Select(entry => entry.Address);

    private static SeedNodeOptions Options(QuorumRule rule, int told) =>
        new() { SeedNodes = [], QuorumRule = rule, ByzantineFaults = told };
}
