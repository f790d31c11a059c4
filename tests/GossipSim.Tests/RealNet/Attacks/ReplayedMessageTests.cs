using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S8: what was said before, said again by somebody else, in another cluster, or at a later epoch, has no
/// effect. Without keys that rests on identity, epochs, rounds and the cluster's name.
/// </summary>
[TestFixture]
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

        foreach (var line in recorded)
        {
            foreach (var seed in cluster.Seeds)
            {
                using var liar = new RawClient(seed);
                liar.Write(RawClient.Hello(new RawListener().Address) + line + "\n");
                // An answer, a refusal or neither: a challenge of his own connection is answered after it.
                liar.Write("""{"type":"PING"}""" + "\n");
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
            + $$"""{"type":"REGISTER","address":"{{self}}","nodeId":"{{1:x16}}"}""" + "\n");

        Assert.That(foreigner.ReadToEnd(), Does.Contain("WRONG_CLUSTER"));
        Assert.That(cluster.Count(EventKind.ProposalOpened), Is.Zero);
    }

    [Test]
    public async Task What_a_member_said_at_an_earlier_epoch_does_not_count_at_a_later_one()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(2);
        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others);
        var (returned, reporter) = (cluster.Others[0], cluster.Others[1]);
        var earlier = cluster.Network.NodeIdAt(returned)!.Value;
        await cluster.Network.CrashAsync(returned, "kill");
        await cluster.UntilListedAsync([reporter]);
        await cluster.Network.RestartAsync(returned);
        await cluster.UntilListedAsync(cluster.Others);
        var commits = cluster.Count(EventKind.EntryCommitted);

        // From the members' own processes, so that identity stops nothing: only the epoch is old.
        foreach (var seed in cluster.Seeds)
        {
            cluster.Network.Tell(seed, new Leave(1));
            cluster.Network.Tell(seed, new DeadNode(
                returned, 1, earlier, ReportFlag.Confirmed, $"Dead Node:{returned}:1:{reporter.HostText}"));
        }

        await cluster.UntilAsync(
            () => Array.TrueForAll(cluster.Seeds, seed => cluster.Of(seed, EventKind.ReportHeard)
                .Any(heard => heard.About == returned && heard.Number == 1)),
            "all have heard it");
        Assert.That(cluster.Count(EventKind.EntryCommitted), Is.EqualTo(commits));
        foreach (var seed in cluster.Seeds)
            Assert.That(cluster.CommitsOf(seed, returned)[^1], Has.Property("Epoch").EqualTo(2), $"{seed}");
    }

    /// <summary>What crossed the wire while a peer became a member, and what would end its membership.</summary>
    private static IEnumerable<string> Recorded(ClusterOnTcp cluster, NodeAddress member)
    {
        var nodeId = cluster.Network.NodeIdAt(member)!.Value;
        var (seed, other) = (cluster.Seeds[0], cluster.Seeds[1]);
        var entry = $$"""{"address":"{{member}}","epoch":1,"state":"REMOVED","nodeId":"{{nodeId}}","joinStamp":1}""";
        var proposal = $$"""{"coordinator":"{{seed}}","counter":99}""";
        yield return $$"""{"type":"REGISTER","address":"{{member}}","nodeId":"{{nodeId}}"}""";
        yield return $$"""{"type":"PROPOSE","proposal":{{proposal}},"entry":{{entry}}}""";
        yield return $$"""{"type":"VOTE","proposal":{{proposal}},"entry":{{entry}},"yes":true,"reason":"NONE"}""";
        yield return $$"""{"type":"COMMIT","entry":{{entry}},"certificate":{"proposal":{{proposal}},"""
            + $$""""voters":["{{seed}}","{{other}}"]}}""";
        yield return $$"""{"type":"STATUS_REPLY","vouched":[{"proposal":{{proposal}},"entry":{{entry}}}]}""";
        yield return $$"""{"type":"SYNC_DELTA","page":1,"pages":1,"entries":[{"proposal":{{proposal}},"""
            + $$""""entry":{{entry}}}],"votes":[]}""";
        yield return $$"""{"type":"DEAD_NODE","address":"{{member}}","epoch":1,"nodeId":"{{nodeId}}","""
            + $$""""flag":"CONFIRMED","text":"Dead Node:{{member}}:1:127.0.0.1"}""";
        yield return """{"type":"LEAVE","epoch":1}""";
        yield return $$"""{"type":"REMOVED","entry":{{entry}}}""";
    }
}
