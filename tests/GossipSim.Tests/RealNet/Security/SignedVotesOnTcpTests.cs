using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Tests.Engine;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>Signed votes on real sockets, with real keys.</summary>
[TestFixture]
internal sealed class SignedVotesOnTcpTests
{
    private const int Peers = 4;

    [Test]
    public async Task Members_come_and_go_by_signed_votes_and_a_replay_without_keys_does_the_same()
    {
        using var folder = new TemporaryFolder();
        using var curve = new CurveSignatures();
        await using var cluster = await ClusterOnTcp.StartAsync(Peers, signatures: curve, recordInto: folder.Path);
        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others);
        await cluster.Network.CrashAsync(cluster.Others[1], "test");
        await cluster.UntilListedAsync(cluster.Others.Except([cluster.Others[1]]));
        // What it proves after this it proves from its disk.
        await cluster.Network.CrashAsync(cluster.Seeds[0], "test");
        await cluster.Network.RestartAsync(cluster.Seeds[0]);
        await cluster.Network.RestartAsync(cluster.Others[1]);
        await cluster.UntilListedAsync(cluster.Others);
        await cluster.Network.StopAsync();

        Assert.That(cluster.Network.Counters.Refused, Is.Empty);
        foreach (var ballot in cluster.Seeds.SelectMany(seed => cluster.Of(seed, EventKind.EntryCommitted))
            .Select(commit => (Ballot)commit.Detail!))
            Assert.That(ballot.Signatures, Has.Length.EqualTo(ballot.Voters.Length));
        foreach (var recording in RecordingFile.OpenAll(folder.Path))
        {
            NodeFactory factory = cluster.Seeds.Contains(recording.Address) ? cluster.SeedOf : cluster.PeerOf;
            Assert.That(Replay.Run(factory, recording).First, Is.Null, $"{recording.Address}");
        }
    }

    [Test]
    public async Task A_certificate_that_a_peer_carries_is_applied_and_nobody_is_asked()
    {
        using var folder = new TemporaryFolder();
        using var curve = new CurveSignatures();
        var entry = Cast.Member(Cast.Peer(30), joinStamp: 5);
        await using var cluster = await ClusterOnTcp.StartAsync(
            1, (start, seeds) => new SayingNode(
                start, () => [(seeds[0], new Commit(entry, Proof(entry, seeds, curve)))]),
            curve, folder.Path);

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilAsync(() => cluster.CommitsOf(cluster.Seeds[0], entry.Address).Length > 0, "it is applied");
        await cluster.UntilAsync(
            () => cluster.Seeds.All(seed => cluster.CommitsOf(seed, entry.Address).Length == 1), "and gets about");
        await cluster.Network.StopAsync();

        Assert.That(cluster.Network.Counters.Refused, Is.Empty);
        Assert.That(QuestionsBy(cluster.Seeds[0], folder.Path), Is.Zero);
        Assert.That(cluster.Seeds[1..].Sum(seed => QuestionsBy(seed, folder.Path)), Is.Positive, "by digests");
    }

    [Test]
    public async Task A_forged_certificate_has_no_effect_is_counted_and_ends_the_connection()
    {
        using var curve = new CurveSignatures();
        var entry = Cast.Member(Cast.Peer(30), joinStamp: 5);
        await using var cluster = await ClusterOnTcp.StartAsync(
            1, (start, seeds) => new SayingNode(
                start, () => [(seeds[0], new Commit(entry with { Epoch = 2 }, Proof(entry, seeds, curve)))]),
            curve);

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilAsync(
            () => cluster.Network.Counters.Refused.GetValueOrDefault(Notary.Refusal) >= 2, "it is refused, each time");
        await cluster.Network.StopAsync();

        Assert.That(cluster.Of(cluster.Seeds[0], EventKind.InputRefused).Select(refused => refused.Detail),
            Has.Some.EqualTo(Notary.Refusal));
        Assert.That(cluster.Seeds.SelectMany(seed => cluster.CommitsOf(seed, entry.Address)), Is.Empty);
    }

    [Test]
    public void Keys_of_a_cluster_sign_for_their_nodes_and_for_nobody_else()
    {
        var seeds = Cast.SeedNodes(3);
        using var keys = ClusterKeys.Generate("tests", seeds);
        var signatures = new NodeSignatures(keys);
        var statement = Statement.OfVote("tests", seeds[0], default, Cast.Member(Cast.Peer(1)), yes: true);

        var signature = signatures.Sign(seeds[0], statement);

        Assert.That(signatures.IsValid(seeds[0], statement, signature), Is.True);
        Assert.That(signatures.IsValid(seeds[1], statement, signature), Is.False);
        Assert.That(signatures.IsValid(Cast.Peer(1), statement, signature), Is.False, "nobody knows a key of it");
        statement[^1] ^= 1;
        Assert.That(signatures.IsValid(seeds[0], statement, signature), Is.False);
    }

    private static int QuestionsBy(NodeAddress seed, string folder) => RecordingFile.OpenAll(folder)
        .SelectMany(recording => recording.Entries)
        .Count(recorded => recorded.Input is { Message: Status } question && question.From == seed);

    private static Certificate Proof(MembershipEntry entry, NodeAddress[] seeds, CurveSignatures curve)
    {
        var proposal = new ProposalId(seeds[0], 3);
        return new Certificate(proposal, seeds[1..], Array.ConvertAll(
            seeds[1..], voter => new VoteSignature(entry.JoinStamp, curve.Sign(
                voter, Statement.OfVote("tests", voter, proposal, entry, yes: true)))));
    }
}
