using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>How a run ended, as far as the network is concerned.</summary>
internal enum RunOutcome
{
    Completed,

    /// <summary>Not all peers were registered and linked in time.</summary>
    NotFormed,

    /// <summary>A promise was broken, and the scenario says to stop then.</summary>
    Violated,

    Cancelled,
}

/// <summary>What came of a run on either network.</summary>
/// <param name="Fingerprint">Null on TCP, where no two runs are alike.</param>
/// <param name="Events">Inputs handled by nodes.</param>
/// <param name="Traffic">What the sockets carried; null in the simulator.</param>
/// <param name="Determinism">How it compares with a second simulation, when that was asked for.</param>
/// <param name="Sent">What nodes sent, by kind of message; null where it was not counted.</param>
/// <param name="Laggards">Nodes that kept formation from finishing.</param>
internal sealed record RunAttempt(
    RunOutcome Outcome, string? Fingerprint, long Events, IReadOnlyList<NodeAddress> Laggards,
    DeterminismSummary? Determinism = null, TrafficCounters? Traffic = null, RunTraffic? Sent = null)
{
    /// <summary>What the scenario asked for and the run did not do; empty when it did not come to its end.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>The first internal errors of nodes, in words.</summary>
    public IReadOnlyList<string> InternalErrors { get; init; } = [];
}
