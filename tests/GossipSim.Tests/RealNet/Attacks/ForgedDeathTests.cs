using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S6: who lives is not removed by reports, whoever makes them, how often, and from how many addresses:
/// the seed nodes ask the subject before they vote.
/// </summary>
[TestFixture]
[Category(FullSize.Category)]
internal sealed class ForgedDeathTests
{
    [TestCase(1, 1, true, TestName = "Reports_of_who_is_no_member_remove_nobody")]
    [TestCase(1, 1, false, TestName = "Reports_of_one_member_remove_nobody")]
    [TestCase(1, 5, false, TestName = "Reports_of_one_member_over_many_connections_remove_nobody")]
    [TestCase(5, 1, false, TestName = "Reports_of_one_liar_with_many_addresses_remove_nobody")]
    public async Task Reports_about_who_lives_remove_nobody(int addresses, int connections, bool isStranger)
    {
        (NodeAddress Address, NodeId NodeId) victim = default;
        await using var cluster = await ClusterOnTcp.StartAsync(3 + addresses, (start, seeds) =>
            victim.Address.IsNone
                ? new Peer(new PeerOptions { SeedNodes = seeds }, start)
                : new Slanderer(start, seeds, victim.Address, victim.NodeId, connections, isStranger));
        var (honest, liars) = (cluster.Others[..3], cluster.Others[3..]);
        foreach (var peer in honest) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(honest);
        victim = (honest[1], cluster.Network.NodeIdAt(honest[1])!.Value);

        foreach (var liar in liars) await cluster.Network.StartAsync(liar);
        var wanted = Slanderer.Rounds * connections * addresses;
        // Of a stranger no report is looked at.
        var met = isStranger ? EventKind.InputRefused : EventKind.ReportHeard;
        await cluster.UntilAsync(
            () => Array.TrueForAll(cluster.Seeds, seed => cluster.Of(seed, met).Count() >= wanted),
            "every seed node has met all reports");
        // A round that they opened is over when nobody waits for a vote any more.
        await cluster.UntilAsync(
            () => cluster.Count(EventKind.ProposalOpened) == cluster.Count(EventKind.ProposalApproved)
                + cluster.Count(EventKind.ProposalRejected), "all votes are over");

        TestContext.Out.WriteLine($"S6: {addresses} liars, {connections} connections each:"
            + $" {cluster.Count(EventKind.ReportHeard)} reports heard by seed nodes,"
            + $" {cluster.Seeds.SelectMany(seed => Votes(cluster, seed)).Count()} votes on removals,"
            + $" {cluster.Count(EventKind.FoundItselfRemoved)} removed");
        foreach (var seed in cluster.Seeds)
        {
            Assert.That(cluster.ListOf(seed), Does.Contain(victim.Address), $"{seed}");
            Assert.That(Votes(cluster, seed).Where(ballot => ballot.Yes), Is.Empty, $"{seed} voted for it");
        }

        Assert.That(cluster.Count(EventKind.FoundItselfRemoved), Is.Zero);
        Assert.That(
            cluster.Seeds.SelectMany(seed => Votes(cluster, seed)).Any(), Is.EqualTo(!isStranger), "there was a vote");
    }

    /// <summary>What a seed node voted on removals.</summary>
    private static IEnumerable<Ballot> Votes(ClusterOnTcp cluster, NodeAddress seed) => cluster
        .Of(seed, EventKind.VoteCast).Select(cast => (Ballot)cast.Detail!).Where(ballot => !ballot.Entry.IsAlive);

    /// <summary>Says of somebody who lives, again and again, that he is dead.</summary>
    private sealed class Slanderer(
        NodeStart start, NodeAddress[] seeds, NodeAddress victim, NodeId nodeId, int connections, bool isStranger)
        : Node
    {
        public const int Rounds = 4;

        private readonly NodeAddress[] judges = seeds;
        private int rounds;
        private bool isMember;

        public override void OnStart(in NodeContext context)
        {
            if (isStranger) Slander(context);
            else context.Send(judges[0], new Register(start.Address, start.NodeId));
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.Message is Ping) context.Send(envelope.From, new Pong(start.NodeId, 0, 0, []));
            if (envelope.Message is RegisterNack) context.SetTimer(new ProtocolTimer(TimerKind.RegisterAgain), pause);
            if (envelope.Message is not RegisterAck || isMember) return;
            isMember = true;
            Slander(context);
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            if (timer.Kind == TimerKind.RegisterAgain)
                context.Send(judges[0], new Register(start.Address, start.NodeId));
            else
                Slander(context);
        }

        private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200);

        private void Slander(in NodeContext context)
        {
            for (var connection = 0; connection < connections; connection++)
            {
                foreach (var seed in judges)
                {
                    // Whatever was said before leaves; the next report dials anew.
                    context.Close(seed);
                    context.Send(seed, new DeadNode(
                        victim, 1, nodeId, ReportFlag.Confirmed,
                        $"Dead Node:{victim}:1708776030:{context.Self.HostText}"));
                }
            }

            if (++rounds < Rounds) context.SetTimer(new ProtocolTimer(TimerKind.Own), pause);
        }
    }
}
