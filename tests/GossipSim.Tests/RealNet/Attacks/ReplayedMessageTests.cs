using GossipSim.Engine.Protocol;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S8: what was said before, said again by somebody else, in another cluster, or at a later epoch, has no
/// effect. Without keys that rests on identity, epochs, rounds and the cluster's name.
/// </summary>
[TestFixture]
[Category(FullSize.Category)]
internal sealed class ReplayedMessageTests
{
    [Test]
    public async Task Recorded_registrations_votes_reports_and_leaves_of_others_change_no_list()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(3);
        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others);
        var commits = cluster.Count(EventKind.EntryCommitted);
        var recorded = Recorded(cluster, cluster.Others[1]).ToArray();

        foreach (var message in recorded)
        {
            foreach (var seed in cluster.Seeds)
            {
                using var liar = new RawClient(seed);
                liar.Write(RawClient.Hello(new RawListener().Address) + RawClient.Line(message));
                // Answered after it: then it was handled.
                liar.Write(RawClient.Line(new Ping(Digest: null)));
                while (liar.ReadLine() is { } heard && !heard.Contains("\"PONG\"", StringComparison.Ordinal)
                    && !heard.Contains("\"ERROR\"", StringComparison.Ordinal))
                {
                }
            }
        }

        foreach (var seed in cluster.Seeds)
            Assert.That(cluster.ListOf(seed), Is.EquivalentTo(cluster.Others), $"{seed}");
        Assert.That(cluster.Count(EventKind.EntryCommitted), Is.EqualTo(commits));
        Assert.That(cluster.Count(EventKind.FoundItselfRemoved), Is.Zero);
        Assert.That(cluster.Network.Counters.Refused.Keys, Is.SubsetOf(new[] { "WRONG_SENDER" }));
    }

    [Test]
    public async Task Whatever_is_said_in_another_cluster_is_not_heard()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1);
        var self = new RawListener().Address;
        using var foreigner = new RawClient(cluster.Seeds[0]);

        foreigner.Write(RawClient.Hello(self, cluster: "another")
            + RawClient.Line(new Register(self, new NodeId(1))));

        Assert.That(foreigner.ReadToEnd(), Does.Contain("WRONG_CLUSTER"));
        Assert.That(cluster.Count(EventKind.ProposalOpened), Is.Zero);
    }

    [Test]
    public void What_was_said_at_an_earlier_epoch_does_not_count_at_a_later_one()
    {
        var (member, reporter) = (Cast.Peer(0), Cast.Peer(1));
        var stage = new SeedNodeStage();
        var (first, second) = (Cast.Member(member), Cast.Member(member, epoch: 2, process: 1));
        foreach (var entry in new[] { first, first.AsRemoved(), second, Cast.Member(reporter) })
            stage.OthersAgreeOn(entry);
        var list = stage.Members();
        stage.Host.TurnsPage();

        // From whom it came then: identity stops nothing of it.
        stage.Host.Hears(member, new Leave(first.Epoch));
        stage.Host.Hears(member, new Refresh(first.NodeId, first.Epoch, 1, []));
        stage.Reports(reporter, first);
        stage.OthersAgreeOn(first);
        stage.OthersAgreeOn(first.AsRemoved());
        stage.Proposes(stage.Others[0], first);
        stage.Proposes(stage.Others[0], first.AsRemoved());
        stage.Host.Waits(10 * stage.Options.RoundTimeout);

        Assert.That(stage.Host.All<Propose>(), Is.Empty);
        Assert.That(stage.Host.All<Vote>().Where(vote => vote.Yes), Is.Empty);
        Assert.That(stage.Members(), Is.EqualTo(list));
    }

    /// <summary>What crossed the wire while a peer became a member, and what would end its membership.</summary>
    private static IEnumerable<Message> Recorded(ClusterOnTcp cluster, NodeAddress member)
    {
        var nodeId = cluster.Network.NodeIdAt(member)!.Value;
        var (seed, other) = (cluster.Seeds[0], cluster.Seeds[1]);
        var removal = new MembershipEntry(member, 1, MemberState.Removed, nodeId, 1);
        var claim = new Claim(new ProposalId(seed, 99), removal);
        yield return new Register(member, nodeId);
        yield return new Propose(claim.Proposal, removal);
        yield return new Vote(claim.Proposal, removal, Yes: true, RefusalReason.None, Known: null);
        yield return new Commit(removal, new Certificate(claim.Proposal, [seed, other]));
        yield return new StatusReply([claim]);
        yield return new SyncDelta(1, 1, [claim], []);
        yield return new DeadNode(member, 1, nodeId, ReportFlag.Confirmed, $"Dead Node:{member}:1:127.0.0.1");
        yield return new Leave(1);
        yield return new Removed(removal, null);
    }
}
