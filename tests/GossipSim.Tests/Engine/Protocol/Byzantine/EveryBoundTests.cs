using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// ANCHORS 2.8, S9: for every n up to 9, every rule for the quorum q, and every number f of lying seed nodes up to
/// 2q - n - 1, the outcome is the same as without them.
/// </summary>
[TestFixture]
internal sealed class EveryBoundTests
{
    private static readonly ByzantineBehavior[] behaviors =
        [.. Enum.GetValues<ByzantineBehavior>().Where(behavior => behavior.SuitsSeedNodes())];

    private static IEnumerable<TestCaseData> Bounds()
    {
        foreach (var rule in Enum.GetValues<QuorumRule>())
        {
            for (var seedNodes = 1; seedNodes <= 9; seedNodes++)
            {
                // Faults that the rule is told of: only one of the rules asks, and all must leave a quorum.
                for (var told = 0; told <= (rule == QuorumRule.Byzantine ? (seedNodes - 1) / 3 : 0); told++)
                {
                    var bound = (2 * Quorum.Size(seedNodes, rule, told)) - seedNodes - 1;
                    for (var liars = 1; liars <= bound; liars++)
                        yield return new TestCaseData(rule, seedNodes, told, liars);
                }
            }
        }
    }

    [TestCaseSource(nameof(Bounds))]
    public void Liars_up_to_the_bound_change_nothing(QuorumRule rule, int seedNodes, int told, int liars)
    {
        var rules = Rules(rule, told);
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
        var addresses = Cast.SeedNodes(seedNodes);
        var stage = new LiarsStage(
            Rules(rule, told), peers: 1, seedNodes: seedNodes,
            actors: address => address == Cast.Peer(0) ? _ => new TwoFacedNode(addresses) : null);
        stage.StartsSeedNodes();
        for (var liar = 0; liar < liars; liar++)
            stage.Lies(addresses[^(1 + liar)], ByzantineBehavior.DoubleVote);

        stage.Starts(Cast.Peer(0)).RunsFor(40);

        Guarantees.OneProcessPerEpoch(stage);
        Guarantees.EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(stage);
    }

    [Test]
    public void No_bound_is_left_out() => Assert.That(
        Bounds().Select(bound => (int)bound.Arguments[1]!).Distinct(), Is.EquivalentTo(Enumerable.Range(2, 8)),
        "a seed node alone has nobody beside it who could lie");

    private static IEnumerable<NodeAddress> LivingIn(LiarsStage stage, NodeAddress seedNode) =>
        stage.ListOf(seedNode).Where(entry => entry.IsAlive).Select(entry => entry.Address);

    private static SeedNodeOptions Rules(QuorumRule rule, int told) =>
        new() { SeedNodes = [], QuorumRule = rule, ByzantineFaults = told };
}
