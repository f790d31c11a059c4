namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a timer is for. Those of the workload are set by the run, all others by the nodes themselves.
/// </summary>
public enum TimerKind : byte
{
    // Workload: the run hands these to a node at a time of the scenario.
    StartPublishing,
    StopPublishing,
    Leave,
    Misbehave,

    /// <summary>
    /// Set by a host: the name of a seed node has an address now (About), which takes the given place (Round) in the
    /// list of seed nodes.
    /// </summary>
    SeedNodeFound,

    // Peers
    RegisterTimeout,
    RegisterAgain,
    PeerListTimeout,
    ConnectTimeout,
    Publish,
    Liveness,
    PingTimeout,
    Repair,
    Refresh,
    RefreshTimeout,
    WantTimeout,
    WitnessTimeout,
    VerdictTimeout,
    ReportTimeout,

    // Seed nodes
    SeedProbeTimeout,
    ProposalTimeout,
    ProposeAgain,
    PendingVote,
    Sync,
    Watch,

    /// <summary>Of a protocol that users write: what About and Round mean is its own affair.</summary>
    Own,
}

/// <summary>
/// A timer is a plain value: who it is about and in which round tell the handler whether it is still meant.
/// </summary>
public readonly record struct ProtocolTimer(TimerKind Kind, NodeAddress About = default, long Round = 0);
