using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Stages;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>Something broken on purpose: a node, the transport, the hosting or the log.</summary>
internal sealed record Flaw
{
    public static readonly Flaw None = new();

    /// <summary>The node that belongs at an address, and what is there instead.</summary>
    public Func<StageSetup, NodeAddress, NodeFactory, NodeFactory> Node { get; init; } = (_, _, right) => right;

    public TransportLimits Limits { get; init; } = new();

    public Func<IHostedNetwork, IHostedNetwork> Network { get; init; } = right => right;

    public Func<ITrace, ITrace> Log { get; init; } = right => right;

    /// <summary>What is broken shall not be waited for as long as what works on a busy machine.</summary>
    public Func<Waits, Waits> Waits { get; init; } = usual => usual;

    public static Flaw OfSeedNode(int place, Func<StageSetup, Node, Node> plant) =>
        OfNode(setup => setup.SeedNodes[place], plant);

    public static Flaw OfPeer(int place, Func<StageSetup, Node, Node> plant) =>
        OfNode(setup => setup.Peers[place], plant);

    public static Flaw OfSeedNodes(Func<StageSetup, NodeStart, Node, Node> plant) => new()
    {
        Node = (setup, address, right) => setup.SeedNodes.Contains(address)
            ? start => plant(setup, start, right(start))
            : right,
    };

    private static Flaw OfNode(Func<StageSetup, NodeAddress> which, Func<StageSetup, Node, Node> plant) => new()
    {
        Node = (setup, address, right) => which(setup) == address ? start => plant(setup, right(start)) : right,
    };
}
