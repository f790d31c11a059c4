using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Seed nodes that lie: up to f of them under the rule byzantine, no list changes by what they say.</summary>
[TestFixture]
internal sealed class LyingSeedNodeTests
{
    private static readonly ByzantineBehavior[] behaviors =
        [.. Enum.GetValues<ByzantineBehavior>().Where(behavior => behavior.SuitsSeedNodes())];

    [Test]
    public void Within_the_bound_the_membership_holds(
        [ValueSource(nameof(behaviors))] ByzantineBehavior behavior, [Values(4, 7)] int seedNodes,
        [Range(1, 3)] int randomSeed)
    {
        var stage = Stage(seedNodes, (ulong)randomSeed).Forms();
        LetLie(stage, behavior);

        LivesOn(stage);

        Guarantees.Hold(stage);
    }

    [Test]
    public void All_lies_together_change_nothing([Values(4, 7)] int seedNodes, [Range(1, 3)] int randomSeed)
    {
        var stage = Stage(seedNodes, (ulong)randomSeed).Forms();
        foreach (var behavior in behaviors) LetLie(stage, behavior);

        LivesOn(stage);

        Guarantees.Hold(stage);
    }

    [Test]
    public void Two_processes_at_one_address_never_share_an_epoch_within_the_bound(
        [Values(4, 7)] int seedNodes, [Range(1, 10)] int randomSeed)
    {
        var stage = TwoFaced(seedNodes, (seedNodes - 1) / 3, (ulong)randomSeed);

        Assert.That(stage.HonestCommits().Select(commit => commit.Ballot.Entry.Address), Does.Contain(Cast.Peer(0)));
        Guarantees.OneProcessPerEpoch(stage);
        Guarantees.EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(stage);
    }

    private static LiarsStage TwoFaced(int seedNodes, int liars, ulong randomSeed)
    {
        var rules = new SeedNodeOptions
        {
            SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = (seedNodes - 1) / 3,
        };
        var addresses = Cast.SeedNodes(seedNodes);
        var stage = new LiarsStage(
            rules, peers: 1, randomSeed, seedNodes: seedNodes,
            actors: address => address == Cast.Peer(0) ? _ => new TwoFacedNode(addresses) : null);
        stage.StartsSeedNodes();
        for (var liar = 0; liar < liars; liar++)
            stage.Lies(addresses[^(1 + liar)], ByzantineBehavior.DoubleVote);
        return stage.Starts(Cast.Peer(0)).RunsFor(40);
    }

    private static LiarsStage Stage(int seedNodes, ulong randomSeed) => new(
        new SeedNodeOptions
        {
            SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = (seedNodes - 1) / 3,
        },
        peers: 10, randomSeed, seedNodes: seedNodes);

    private static void LetLie(LiarsStage stage, ByzantineBehavior behavior)
    {
        for (var liar = 0; liar < stage.Rules.ByzantineFaults; liar++) stage.Lies(Cast.SeedNode(1 + liar), behavior);
    }

    /// <summary>Deaths and a return under the lies, and then quiet.</summary>
    private static void LivesOn(LiarsStage stage)
    {
        stage.RunsFor(5).Crashes(Cast.Peer(3)).RunsFor(15).Crashes(Cast.Peer(6)).RunsFor(0.5);
        stage.StartsAgain(Cast.Peer(6)).RunsFor(40);
    }
}
