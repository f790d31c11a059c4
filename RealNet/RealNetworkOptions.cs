using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;

namespace GossipSim.RealNet;

public enum HostedRole : byte
{
    SeedNode,
    Peer,
}

/// <summary>A node to be hosted. The addresses of all seed node placements are the cluster's seed addresses.</summary>
public sealed record Placement(NodeAddress Address, HostedRole Role, NodeFactory Factory)
{
    /// <summary>Which start at this address the first one here is: processes of before ran elsewhere.</summary>
    public int FirstStart { get; init; }

    /// <summary>
    /// The IPv4 address of this machine to listen at when it is not the node's own: what others dial may lead here by
    /// another name. 0.0.0.0 is every address of the machine.
    /// </summary>
    public uint? ListenHost { get; init; }

    /// <summary>Where outgoing connections come from; null: the machine picks.</summary>
    internal uint? SourceHost => (ListenHost ?? Address.Host) switch
    {
        0 or LoopbackHost => null,
        // A node behind its own loopback or network address speaks from there.
        var host => host,
    };

    private const uint LoopbackHost = 0x7F000001;
}

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
    /// All seed nodes of the cluster when some are hosted elsewhere; null: those placed here are all.
    /// </summary>
    public IReadOnlyList<NodeAddress>? SeedNodes { get; init; }

    /// <summary>
    /// The time stamp (<see cref="System.Diagnostics.Stopwatch"/>) of the run's instant zero, so that the processes of
    /// one machine share a clock (<see cref="WallClock.StampAt"/>); null: now.
    /// </summary>
    public long? ClockZero { get; init; }

    /// <summary>
    /// The messages of a protocol that users wrote, beside those of ours; <see cref="OwnMessages.WhyNot"/> judges them.
    /// </summary>
    public IReadOnlyList<Type> OwnMessages { get; init; } = [];

    public TransportLimits Limits { get; init; } = new();

    /// <summary>
    /// How long messages are under way, on top of what this machine takes; null: no longer than that.
    /// </summary>
    public WayLatency? Latency { get; init; }

    /// <summary>On all ways, from the beginning; <see cref="IHostedNetwork.SetWeather"/> takes its place.</summary>
    public LinkWeather Weather { get; init; }

    /// <summary>
    /// Reads what a slow node takes for an input, as <see cref="IHostedNetwork.SlowDown"/> says it: the quantile
    /// function of that. Needed only where that is called.
    /// </summary>
    public Func<string, Func<double, TimeSpan>>? ReadProcessingDelay { get; init; }

    /// <summary>Null: none, for nodes of one machine.</summary>
    public NetworkSecurity? Security { get; init; }

    /// <summary>How hosts sign for their nodes and check what others signed; null: nothing is signed.</summary>
    public SigningRules? Signing { get; init; }

    /// <summary>Where disks are files; null keeps them in memory for the length of the run.</summary>
    public string? DiskDirectory { get; init; }
}
