using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Tests.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// Nodes that send, close and dial anew at random, with idle closes and crashes between: the worst weather for links.
/// </summary>
[TestFixture]
internal sealed class LinkChaosTests
{
    private const int Calm = 900_000_000;

    // Most of what can go wrong with links takes a crash at the wrong moment; handshakes take their time too.
    [TestCase(1, 100, SecurityMode.None)]
    [TestCase(2, 100, SecurityMode.None)]
    [TestCase(3, 100, SecurityMode.None)]
    [TestCase(4, 50, SecurityMode.SharedKey)]
    [TestCase(5, 20, SecurityMode.MutualTls)]
    public async Task Whatever_closes_and_crashes_links_stay_in_order_and_work_again_when_it_is_calm(
        int randomSeed, int crashes, SecurityMode mode)
    {
        var limits = new TransportLimits
        {
            ExchangeIdle = TimeSpan.FromMilliseconds(4),
            SweepInterval = TimeSpan.FromMilliseconds(2),
            // No deadline comes to the rescue of a link that hangs.
            HelloDeadline = TimeSpan.FromMinutes(5),
            DialTimeout = TimeSpan.FromMinutes(5),
            ClosingDeadline = TimeSpan.FromMinutes(5),
        };
        var addresses = FreeAddresses.Take(6);
        var log = new ConcurrentQueue<(NodeAddress To, NodeAddress From, int Number)>();
        var isCalm = new StrongBox();
        await using var network = new RealNetwork(
            new RealNetworkOptions
            {
                Cluster = "chaos", RandomSeed = (ulong)randomSeed, Limits = limits, Security = TestKeys.Of(mode),
            },
            [.. addresses.Select((address, index) => new Placement(
                address, index < 2 ? HostedRole.SeedNode : HostedRole.Peer,
                _ => new ChaosNode(addresses, log, isCalm)))],
            new NoTrace());
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);

        for (var crash = 0; crash < crashes; crash++)
        {
            await Patience.UntilAsync(
                () => !network.ThrowIfBroken() && log.Count > (crash + 1) * 60, "messages get through",
                () => $"{log.Count} did, before crash {crash}");
            var victim = addresses[crash % addresses.Length];
            await network.CrashAsync(victim, "chaos");
            await network.RestartAsync(victim);
        }

        isCalm.Value = true;
        foreach (var to in addresses)
            foreach (var from in addresses.Where(from => from != to))
                await Patience.UntilAsync(
                    () => !network.ThrowIfBroken()
                        && log.Any(entry => entry.To == to && entry.From == from && entry.Number >= Calm),
                    $"{from} reaches {to} again");

        await network.StopAsync();
        foreach (var link in log.GroupBy(entry => (entry.To, entry.From)))
            Assert.That(link.Select(entry => entry.Number), Is.Ordered.And.Unique, $"{link.Key.From} to {link.Key.To}");
        Assert.That(network.Counters.Refused, Is.Empty);
    }

    private sealed class StrongBox
    {
        public volatile bool Value;
    }

    private sealed class NoTrace : ITrace
    {
        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
        }
    }

    private sealed class ChaosNode(
        NodeAddress[] others, ConcurrentQueue<(NodeAddress To, NodeAddress From, int Number)> log,
        StrongBox isCalm) : Node
    {
        public override void OnStart(in NodeContext context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromMilliseconds(1));

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.Message is not Leave leave) return;
            log.Enqueue((context.Self, envelope.From, leave.Epoch));
            // Answers make both ends send, and close, at the same time.
            if (!isCalm.Value && context.Random.Next(4) == 0) context.Send(envelope.From, Next(context));
            if (!isCalm.Value && context.Random.Next(40) == 0) context.Close(envelope.From);
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            context.SetTimer(timer, TimeSpan.FromMilliseconds(isCalm.Value ? 20 : 1));
            var to = others[context.Random.Next(others.Length)];
            if (to == context.Self) return;
            var dice = context.Random.Next(20);
            if (dice == 0) context.Close(to);
            context.Send(to, Next(context));
            if (dice is 1 or 2) context.Close(to);
            if (dice == 2) context.Send(to, Next(context));
        }

        // The run's own time orders the messages of one sender across its restarts.
        private Leave Next(in NodeContext context)
        {
            sent = Math.Max(sent + 1, (int)(context.Now.Microseconds / 4));
            return new Leave(isCalm.Value ? Calm + sent : sent);
        }

        private int sent;
    }
}
