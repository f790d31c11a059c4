using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>What a node of an own protocol knows of its network before it starts.</summary>
/// <param name="Index">Its place in starting order, from 0.</param>
/// <param name="Nodes">All nodes that may ever run, in starting order, itself included.</param>
/// <param name="Neighbors">
/// Its links in the overlay that the scenario's <c>overlay</c> asks for, generated from the random seed. Who is there
/// from the beginning has the links among those; who joins later has those that it opens itself.
/// </param>
public sealed record ProtocolSetup(
    int Index, IReadOnlyList<NodeAddress> Nodes, IReadOnlyList<NodeAddress> Neighbors);
