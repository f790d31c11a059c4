namespace GossipSim.Engine.Protocol;

/// <summary>What a host knows when it starts a process.</summary>
/// <param name="Address">Where the node listens.</param>
/// <param name="NodeId">The name of this process.</param>
/// <param name="Disk">
/// The records that earlier processes at this address persisted, in order; empty at the first start.
/// </param>
public sealed record NodeStart(NodeAddress Address, NodeId NodeId, IReadOnlyList<StableRecord> Disk);

/// <summary>
/// Makes the node of a starting process. Hosts know nothing of the protocol but this and <see cref="Node"/>.
/// </summary>
public delegate Node NodeFactory(NodeStart start);
