using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Hosting;

/// <summary>What all processes of a run share.</summary>
internal sealed record World(
    string Cluster, ulong RandomSeed, TransportLimits Limits, SeedNodeSet SeedNodes, RunClock Clock,
    TimerQueue Timers, TrafficMeter Traffic, ConnectionBudget Budget, MessageTypes Types,
    ITrace Trace, InternalErrorLog Errors, HostSecurity? Security)
{
    /// <summary>What nodes sent, by kind of message.</summary>
    public KindMeter Kinds { get; } = new();

    /// <summary>Null where nothing is signed.</summary>
    public SigningRules? Signing { get; init; }

    /// <summary>Null when processes are not recorded. Set before the first one starts.</summary>
    public RecordingWriter? Recordings { get; set; }

    public WayLatency? Latency { get; init; }

    /// <summary>On all ways, from the beginning.</summary>
    public LinkWeather Weather { get; init; }
}

/// <summary>What one process starts with.</summary>
/// <param name="Number">Which start at this address, from 0.</param>
/// <param name="Failed">Called once, when an input made the process throw: it handles no more.</param>
internal sealed record ProcessStart(
    World World, Placement Placement, Machine Machine, int Number, INodeStore Store,
    IReadOnlyList<StableRecord> Disk, Action<NodeProcess, Exception> Failed)
{
    public NodeAddress Address => Placement.Address;
}
