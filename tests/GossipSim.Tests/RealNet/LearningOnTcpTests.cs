using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// A seed node with an empty disk learns from others whose lists and votes are longer than one line: 260 votes that
/// could not be counted while two of three seed nodes were gone, and 220 members, all with long addresses.
/// </summary>
[TestFixture]
internal sealed class LearningOnTcpTests
{
    private static readonly uint host = NodeAddress.Parse("127.100.100.101:1").Host;

    [Test]
    public async Task A_learner_is_taught_a_list_and_votes_longer_than_one_line()
    {
        NodeAddress[] members =
            [.. Enumerable.Range(0, 220).Select(index => new NodeAddress(host, (ushort)(20_000 + index)))];
        await using var cluster = new ClusterOnTcp(1)
        {
            Disk = (seed, seeds) => seed == seeds[2] ? [] : DiskOf(members, seeds),
        };
        await cluster.Network.OpenAsync();
        foreach (var seed in cluster.Seeds) await cluster.Network.StartAsync(seed);

        await cluster.UntilAsync(
            () => cluster.Of(cluster.Seeds[2], EventKind.LearningFinished).Any(), "the empty disk is filled");
        await cluster.UntilAsync(
            () => members.All(cluster.ListOf(cluster.Seeds[2]).Contains), "the learner lists all members");
        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilAsync(
            () => cluster.Seeds.All(seed => cluster.ListOf(seed).Contains(cluster.Others[0])), "a newcomer gets in");

        Assert.That(cluster.Network.Counters.InternalErrors, Is.Zero);
    }

    private static List<StableRecord> DiskOf(NodeAddress[] members, NodeAddress[] seeds)
    {
        var proposal = new ProposalId(seeds[0], 1_000_000_000_000);
        var disk = new List<StableRecord> { new StoreRecord(seeds[0].Packed) };
        foreach (var (place, member) in members.Index())
        {
            var entry = new MembershipEntry(
                member, 1, MemberState.Alive, ProcessIdentity.NodeIdOf(1, member, 0), 1_000_000_000 + place);
            disk.Add(new EntryRecord(entry, proposal, seeds[..2]));
        }

        for (var place = 0; place < 260; place++)
        {
            var voted = new NodeAddress(host, (ushort)(30_000 + place));
            disk.Add(new VoteRecord(proposal, new MembershipEntry(
                voted, 1, MemberState.Alive, ProcessIdentity.NodeIdOf(1, voted, 0), 2_000_000_000 + place)));
        }

        return disk;
    }
}
