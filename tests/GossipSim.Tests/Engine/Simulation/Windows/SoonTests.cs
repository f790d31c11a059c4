using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// What a node sets for itself within a window comes where it belongs among what comes to it from outside: links of
/// 20 ms make windows of 16,384 microseconds, links of 1 ms such of 512, in which nothing is so soon.
/// </summary>
[TestFixture]
internal sealed class SoonTests
{
    private const int Nodes = 3;

    /// <summary>By so many microseconds each node is later than the one before it.</summary>
    private const int Apart = 100;

    private static readonly ProtocolTimer fromOutside = new(TimerKind.StartPublishing);

    [TestCase(20)]
    [TestCase(1)]
    public void Timers_and_what_comes_from_outside_take_turns(int latencyMs)
    {
        var heard = Run(latencyMs);

        (TimerKind Timer, int Milliseconds)[] expected =
        [
            (TimerKind.StartPublishing, 17), (TimerKind.Repair, 18), (TimerKind.StartPublishing, 19),
            (TimerKind.Refresh, 20), (TimerKind.Repair, 20), (TimerKind.Refresh, 22),
        ];
        for (var node = 0; node < Nodes; node++)
            Assert.That(heard[node], Is.EqualTo(
                expected.Select(each => (each.Timer, (1000L * each.Milliseconds) + (Apart * node)))));
    }

    private static List<(TimerKind Timer, long Microseconds)>[] Run(int latencyMs)
    {
        var plan = new AddressPlan(Cast.SeedNode(0), 0, Cast.Peer(0), Nodes);
        var heard = new List<(TimerKind, long)>[Nodes];
        var network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = index => _ => new Clockwork(heard[index] = []),
                RandomSeed = 1,
                Latency = new ConstantLatency(latencyMs),
            },
            new Nobody());
        for (var node = 0; node < Nodes; node++)
        {
            network.Start(plan[node]);
            foreach (var milliseconds in new[] { 17, 19 })
                network.InjectAt(new Instant((1000 * milliseconds) + (Apart * node)), plan[node], fromOutside);
        }

        network.RunUntil(Instant.FromSeconds(1));
        return heard;
    }

    /// <summary>Whatever comes from outside winds up two timers.</summary>
    private sealed class Clockwork(List<(TimerKind, long)> heard) : Node
    {
        public override void OnStart(in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            heard.Add((timer.Kind, context.Now.Microseconds));
            if (timer != fromOutside) return;
            context.SetTimer(new ProtocolTimer(TimerKind.Refresh), TimeSpan.FromMilliseconds(3));
            context.SetTimer(new ProtocolTimer(TimerKind.Repair), TimeSpan.FromMilliseconds(1));
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
        }
    }
}
