using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Replaying;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Replaying;

/// <summary>Two runs whose inputs several threads handle, each node's in its own order.</summary>
internal sealed class LockstepTests
{
    private const int Peers = 8;

    /// <summary>More than are kept of one slice, together.</summary>
    private const int InputsOfEach = 2 * TwinRun.KeptInputs / Peers;

    private static readonly AddressPlan Plan =
        new(RunStory.SeedNodes[0], seedNodes: 0, RunStory.Address(7000), Peers);

    [Test]
    public void The_order_among_nodes_makes_no_difference()
    {
        using var lockstep = new Lockstep(Plan, CancellationToken.None);

        Parallel.For(0, Peers, node => HandleAll(lockstep.One, node));
        for (var node = Peers - 1; node >= 0; node--) HandleAll(lockstep.Other, node);
        Meet(lockstep);

        Assert.That(lockstep.First, Is.Null);
    }

    [Test]
    public void The_node_that_strays_is_named_though_others_fill_what_is_kept()
    {
        const int Culprit = 5;
        using var lockstep = new Lockstep(Plan, CancellationToken.None);

        // Whom one run handles first the other one handles last: what is kept ends at other inputs.
        for (var node = 0; node < Peers; node++) HandleAll(lockstep.One, (node + Culprit) % Peers);
        for (var node = Peers - 1; node >= 0; node--)
            HandleAll(lockstep.Other, (node + Culprit + 1) % Peers, strayAt: (Culprit, 17));
        Meet(lockstep);

        Assert.That(lockstep.First!.Node, Is.EqualTo(Plan[Culprit].ToString()));
        Assert.That(lockstep.First.InputNumber, Is.EqualTo(18));
    }

    private static void Meet(Lockstep lockstep)
    {
        var other = Task.Run(() => lockstep.Reached(Instant.FromSeconds(1)));
        lockstep.Reached(Instant.FromSeconds(1));
        other.Wait();
    }

    private static void HandleAll(TwinRun twin, int node, (int Node, int Input)? strayAt = null)
    {
        for (var number = 0; number < InputsOfEach; number++)
        {
            var round = strayAt == (node, number) ? -1 : number;
            var timer = new ProtocolTimer(TimerKind.Liveness, NodeAddress.None, round);
            twin.Handled(Plan[node], new Input(InputKind.Timer, new Instant(number), Timer: timer), []);
        }
    }
}
