using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

public enum HostedRole : byte
{
    SeedNode,
    Peer,
}

/// <summary>A node to be hosted. The addresses of all seed node placements are the cluster's seed addresses.</summary>
public sealed record Placement(NodeAddress Address, HostedRole Role, NodeFactory Factory);

/// <summary>What a restarted process finds.</summary>
public enum DiskAtRestart : byte
{
    Kept,

    /// <summary>Kept, and half of a record behind it, as a crash within a write leaves it.</summary>
    Torn,

    Empty,
}

public sealed record RealNetworkOptions
{
    /// <summary>The name that HELLO carries: nodes of different clusters refuse each other.</summary>
    public required string Cluster { get; init; }

    public required ulong RandomSeed { get; init; }

    /// <summary>
    /// The messages of a protocol that users wrote, beside those of ours; <see cref="OwnMessages.WhyNot"/> judges them.
    /// </summary>
    public IReadOnlyList<Type> OwnMessages { get; init; } = [];

    public TransportLimits Limits { get; init; } = new();

    /// <summary>Where disks are files; null keeps them in memory for the length of the run.</summary>
    public string? DiskDirectory { get; init; }
}

/// <summary>A node's handler, or its host, threw. The node was stopped; the run's result cannot be trusted.</summary>
public sealed record InternalError(NodeAddress Node, Exception Error);
