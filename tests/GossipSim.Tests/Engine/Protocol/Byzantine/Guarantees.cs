using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5: what lying seed nodes, up to the bound, cannot bring about.</summary>
internal static class Guarantees
{
    public static void Hold(LiarsStage stage)
    {
        OneProcessPerEpoch(stage);
        EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(stage);
        ListsAreEqual(stage);
        NobodyAliveIsRemoved(stage);
    }

    public static void OneProcessPerEpoch(LiarsStage stage) => Assert.That(Conflicts(stage), Is.Empty);

    public static IEnumerable<(NodeAddress Address, int Epoch)> Conflicts(LiarsStage stage) => stage.HonestCommits()
        .GroupBy(commit => (commit.Ballot.Entry.Address, commit.Ballot.Entry.Epoch))
        .Where(group => group.Select(commit => commit.Ballot.Entry.NodeId).Distinct().Count() > 1)
        .Select(group => group.Key);

    public static void EveryChangeRestsOnAQuorumThatItsSeedNodeHeard(LiarsStage stage)
    {
        var told = new Dictionary<(NodeAddress Node, NodeAddress From, MembershipEntry Entry), int>();
        foreach (var hearing in stage.Hearings)
        {
            foreach (var (voter, entry) in Vouched(hearing))
                told.TryAdd((hearing.Node, voter, entry with { JoinStamp = 0 }), hearing.Before);
        }

        foreach (var (node, ballot, place) in stage.HonestCommits())
        {
            Assert.That(ballot.Voters, Is.Unique.And.SubsetOf(stage.Rules.SeedNodes));
            Assert.That(ballot.Voters, Has.Length.GreaterThanOrEqualTo(stage.Rules.QuorumSize));
            var entry = ballot.Entry with { JoinStamp = 0 };
            var unheard = ballot.Voters.Where(voter => voter != node
                && told.GetValueOrDefault((node, voter, entry), int.MaxValue) > place);
            Assert.That(unheard, Is.Empty, $"{node} never heard these vouch for {entry}");
        }
    }

    public static void ListsAreEqual(LiarsStage stage)
    {
        var first = stage.ListOf(stage.HonestSeedNodes.First());
        foreach (var seedNode in stage.HonestSeedNodes)
            Assert.That(stage.ListOf(seedNode), Is.EqualTo(first), $"the list of {seedNode}");
    }

    public static void NobodyAliveIsRemoved(LiarsStage stage)
    {
        foreach (var seedNode in stage.HonestSeedNodes)
        {
            var list = stage.ListOf(seedNode).ToDictionary(entry => entry.Address);
            foreach (var peer in stage.LivingPeers)
                Assert.That(list[peer].IsAlive, Is.True, $"{peer} in the list of {seedNode}");
        }

        Assert.That(stage.All(EventKind.FoundItselfRemoved).Select(found => found.Node), Is.Empty);
    }

    /// <summary>A certificate with signatures speaks for its voters, any other message for its sender.</summary>
    private static IEnumerable<(NodeAddress Voter, MembershipEntry Entry)> Vouched(LiarsStage.Hearing hearing) =>
        hearing.Message is Commit { Certificate: { Signatures: not null } proof } commit
            ? proof.Voters.Select(voter => (voter, commit.Entry))
            : VouchedBySender(hearing.Message).Select(entry => (hearing.From, entry));

    private static IEnumerable<MembershipEntry> VouchedBySender(Message message) => message switch
    {
        Vote { Yes: true } vote => [vote.Entry],
        Commit commit => [commit.Entry],
        StatusReply reply => reply.Vouched.Select(claim => claim.Entry),
        SyncDelta delta => delta.Entries.Select(claim => claim.Entry),
        _ => [],
    };
}
