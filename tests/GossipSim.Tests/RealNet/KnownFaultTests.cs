using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// SOURCES section 5: the faults F1 to F13 under which the programs of the documents were seen to fail. Here each has
/// its one right outcome. F8 is with the commands, and F9 also with processes and a real kill.
/// </summary>
[TestFixture]
internal sealed class KnownFaultTests
{
    [Test]
    public async Task F1_an_address_where_nobody_listens_is_listed_nowhere()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1);
        var nobody = FreeAddresses.Take(1)[0];

        using (var stranger = new RawClient(cluster.Seeds[0]))
        {
            stranger.Write(RawClient.Hello(nobody)
                + $$"""{"type":"REGISTER","address":"{{nobody}}","nodeId":"{{1:x16}}"}""" + "\n");
            Assert.That(stranger.ReadToEnd(), Does.Contain("UNCONFIRMED_ADDRESS"));
        }

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync(cluster.Others);
    }

    [Test]
    public async Task F2_six_registrations_of_one_peer_at_two_seed_nodes_are_one_entry()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1, (start, seeds) => new EagerNode(start, seeds));

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync(cluster.Others);
        await cluster.UntilAsync(
            () => cluster.Count(EventKind.RegistrationAcknowledged) + cluster.Count(EventKind.RegistrationDenied) >= 2,
            "both seed nodes answered");

        foreach (var seed in cluster.Seeds)
            Assert.That(cluster.CommitsOf(seed, cluster.Others[0]), Has.Length.EqualTo(1), $"{seed}");
    }

    [Test]
    public async Task F3_thirty_peers_at_once_are_all_listed_everywhere()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(30);

        await Task.WhenAll(cluster.Others.Select(cluster.Network.StartAsync));

        await cluster.UntilListedAsync(cluster.Others);
    }

    [Test]
    public async Task F4_false_reports_of_a_stranger_and_of_a_member_about_a_live_peer_remove_nobody()
    {
        (NodeAddress Address, NodeId NodeId) victim = default;
        await using var cluster = await ClusterOnTcp.StartAsync(2, (start, seeds) => victim.Address.IsNone
            ? new Peer(new PeerOptions { SeedNodes = seeds }, start)
            : new AccusingNode(start, seeds, victim.Address, victim.NodeId));
        var (honest, liar) = (cluster.Others[0], cluster.Others[1]);
        await cluster.Network.StartAsync(honest);
        await cluster.UntilListedAsync([honest]);
        victim = (honest, cluster.Network.NodeIdAt(honest)!.Value);

        await cluster.Network.StartAsync(liar);
        await cluster.UntilAsync(() => cluster.Of(liar, EventKind.ReportRefused).Any(), "the report was refused");
        await cluster.UntilAsync(
            () => Array.TrueForAll(cluster.Seeds, seed => cluster.Of(seed, EventKind.ReportHeard).Any()),
            "every seed node has heard a report");

        foreach (var seed in cluster.Seeds) Assert.That(cluster.ListOf(seed), Does.Contain(honest), $"{seed}");
    }

    [Test]
    public async Task F5_F9_a_killed_peer_is_removed_everywhere_and_its_successor_at_the_same_port_listed_again()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(4);
        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others);

        var victim = cluster.Others[2];
        await cluster.Network.CrashAsync(victim, "kill");
        await cluster.UntilListedAsync(cluster.Others.Where(peer => peer != victim));
        await cluster.Network.RestartAsync(victim);
        await cluster.UntilListedAsync(cluster.Others);

        foreach (var seed in cluster.Seeds)
            Assert.That(cluster.CommitsOf(seed, victim)[^1].Epoch, Is.EqualTo(2), $"{seed}");
    }

    [Test]
    public async Task F6_malformed_lines_leave_the_seed_node_unharmed_and_its_list_clean()
    {
        string[] lines =
        [
            "", "x", "{", "[]", "null", "{}", "\"REGISTER\"", """{"type":5}""", """{"type":"NOBODY_KNOWS"}""",
            """{"type":"REGISTER"}""", """{"type":"REGISTER","address":"127.0.0.1:70000000","nodeId":"1"}""",
            """{"type":"REGISTER","address":null,"nodeId":null}""", new string('[', 5000), "\0\u0001",
        ];
        await using var cluster = await ClusterOnTcp.StartAsync(1);

        foreach (var line in lines)
        {
            using var stranger = new RawClient(cluster.Seeds[1]);
            stranger.Write(line + "\n");
            Assert.That(stranger.ReadToEnd(), Does.Contain("\"ERROR\"").Or.EqualTo("reset"), line);
        }

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync(cluster.Others);
    }

    [Test]
    public async Task F7_three_hundred_idle_connections_end_by_themselves_and_hinder_no_registration()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1);
        var idle = Enumerable.Range(0, 300).Select(_ => new RawClient(cluster.Seeds[0])).ToList();

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync(cluster.Others);

        foreach (var connection in idle)
        {
            Assert.That(connection.ReadToEnd(), Does.Contain("HELLO_TIMEOUT"));
            connection.Dispose();
        }
    }

    [Test]
    public async Task F10_a_seed_node_that_stands_still_delays_nobody_and_catches_up()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(3);
        cluster.Network.Pause(cluster.Seeds[2]);

        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others, cluster.Seeds[0], cluster.Seeds[1]);
        Assert.That(cluster.ListOf(cluster.Seeds[2]), Is.Empty);
        cluster.Network.Resume(cluster.Seeds[2]);

        await cluster.UntilListedAsync(cluster.Others);
    }

    [TestCase(DiskAtRestart.Kept)]
    [TestCase(DiskAtRestart.Empty)]
    public async Task F11_F12_a_coordinator_killed_in_the_middle_loses_no_peer_and_comes_back_with_the_list(
        DiskAtRestart disk)
    {
        await using var cluster = await ClusterOnTcp.StartAsync(2);
        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync([cluster.Others[0]]);
        var start = cluster.Network.StartAsync(cluster.Others[1]);
        NodeAddress[] Coordinators() => [.. cluster.Seeds.Where(seed => cluster.Of(seed, EventKind.ProposalOpened)
            .Any(opened => opened.About == cluster.Others[1]))];
        await cluster.UntilAsync(() => Coordinators().Length > 0, "the second vote has begun");
        var coordinator = Coordinators()[0];

        await cluster.Network.CrashAsync(coordinator, "kill");
        await start;
        await cluster.UntilListedAsync(
            cluster.Others, [.. cluster.Seeds.Where(seed => seed != coordinator)]);
        await cluster.Network.RestartAsync(coordinator, disk);

        await cluster.UntilListedAsync(cluster.Others);
    }

    [Test]
    public async Task F13_one_seed_node_of_three_registers_nobody_and_says_so()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1);
        await cluster.Network.CrashAsync(cluster.Seeds[0], "kill");
        await cluster.Network.CrashAsync(cluster.Seeds[1], "kill");

        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilAsync(
            () => cluster.Of(cluster.Others[0], EventKind.RegistrationRefused)
                .Any(refused => ((RegisterNack)refused.Detail!).Reason == RefusalReason.NoQuorum),
            "it was refused for want of a quorum");

        Assert.That(cluster.ListOf(cluster.Seeds[2]), Is.Empty);
    }

    /// <summary>
    /// Answers whoever asks whether it lives, and asks a seed node again that put it off or that it did not reach: on a
    /// machine with other work that happens to everybody.
    /// </summary>
    private abstract class BareNode(NodeStart start, NodeAddress[] seeds) : Node
    {
        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.Message is Ping) context.Send(envelope.From, new Pong(start.NodeId, 0, 0, []));
            if (envelope.Message is RegisterNack) AskLater(envelope.From, context);
        }

        public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
        {
            if (seeds.Contains(neighbor)) AskLater(neighbor, context);
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context) => Ask(timer.About, context);

        protected void Ask(NodeAddress seed, in NodeContext context) =>
            context.Send(seed, new Register(start.Address, start.NodeId));

        private static void AskLater(NodeAddress seed, in NodeContext context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Own, seed), TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Registers three times at each of two seed nodes.</summary>
    private sealed class EagerNode(NodeStart start, NodeAddress[] seeds) : BareNode(start, seeds)
    {
        private readonly NodeAddress[] asked = seeds[..2];

        public override void OnStart(in NodeContext context)
        {
            for (var time = 0; time < 3; time++)
                foreach (var seed in asked) Ask(seed, context);
        }
    }

    /// <summary>Reports somebody who lives: first as a stranger, then as a member.</summary>
    private sealed class AccusingNode(NodeStart start, NodeAddress[] seeds, NodeAddress victim, NodeId nodeId)
        : BareNode(start, seeds)
    {
        private readonly NodeAddress[] judges = seeds;

        public override void OnStart(in NodeContext context)
        {
            Accuse(context);
            Ask(judges[0], context);
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            base.OnMessage(envelope, context);
            if (envelope.Message is RegisterAck) Accuse(context);
            if (envelope.Message is Alive) context.Report(new ProtocolEvent(EventKind.ReportRefused, envelope.From));
        }

        private void Accuse(in NodeContext context)
        {
            var text = $"Dead Node:{victim}:1708776030:{context.Self.HostText}";
            foreach (var seed in judges)
                context.Send(seed, new DeadNode(victim, 1, nodeId, ReportFlag.Confirmed, text));
        }
    }
}
