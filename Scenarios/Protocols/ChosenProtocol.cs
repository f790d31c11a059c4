using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>An own protocol with the parameters that a scenario gives it.</summary>
internal sealed record ChosenProtocol(OwnProtocol Protocol, object Parameters)
{
    /// <summary>Fresh ones for a run, among them what every own protocol promises.</summary>
    public IReadOnlyList<OwnInvariant> CreateInvariants() =>
        [new HandlersNeverThrow(), .. Protocol.CreateInvariants(Parameters)];

    /// <summary>Makes the nodes of all places of a plan.</summary>
    public Func<int, NodeFactory> FactoriesFor(
        AddressPlan plan, int initialPeers, int linksPerJoin, ulong randomSeed)
    {
        var overlay = new GeneratedOverlay(plan.Count, initialPeers, linksPerJoin, randomSeed);
        NodeAddress[] nodes = [.. Enumerable.Range(0, plan.Count).Select(index => plan[index])];
        return index =>
        {
            NodeAddress[] neighbors = [.. overlay.NeighborsOf(index).Select(neighbor => nodes[neighbor])];
            var setup = new ProtocolSetup(index, nodes, neighbors);
            return start => new GuardedNode(() => Protocol.CreateNode(start, setup, Parameters), neighbors);
        };
    }

    private sealed class HandlersNeverThrow() : OwnInvariant("handlersNeverThrow")
    {
        public override void Observe(ProtocolWorld world, NodeAddress node, in ProtocolEvent e)
        {
            if (e.Kind == EventKind.HandlerThrew) Violate((string)e.Detail!, node);
        }
    }
}
