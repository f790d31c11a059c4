namespace GossipSim.Engine.Protocol;

public enum ForwardTo : byte
{
    AllExceptSender,
    AllNeighbors,
}

public enum ReportTo : byte
{
    /// <summary>The seed node that hashing names, then the next.</summary>
    TurnByTurn,

    /// <summary>Every seed node, where each counts the reporters for itself.</summary>
    AllSeedNodes,
}

public enum MessageIdFormat : byte
{
    /// <summary><c>timestamp:ip:port:number</c></summary>
    WithPort,

    /// <summary>
    /// <c>timestamp:ip:number</c>, as two of the documents write it: names every peer of a host alike.
    /// </summary>
    WithoutPort,
}

/// <summary>
/// How a peer behaves. Times are those of the profile <c>fast</c>; origins: our choice, DESIGN section 5.
/// </summary>
public sealed record PeerOptions
{
    /// <summary>As an interval: what is done each interval is not done at all.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromMilliseconds(-1);

    /// <summary>All seed nodes of the cluster, in the same order everywhere.</summary>
    public required NodeAddress[] SeedNodes { get; init; }

    // ---- Registration
    /// <summary>How long one seed node may take before the next is asked: its probe, the vote and some slack.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>May be <see cref="Never"/>.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(10);

    // ---- Overlay
    public OverlayRule OverlayRule { get; init; } = new PreferentialAttachment();

    /// <summary>m: distinct links that a joining peer opens, unless its rule knows better.</summary>
    public LinkCount LinksPerJoin { get; init; } = LinkCount.Exactly(3);

    /// <summary>
    /// The longest list that seed nodes tell at once: while it joins, a peer remembers twice as many members.
    /// </summary>
    public int PeerListLimit { get; init; } = 200;

    /// <summary>Lost links below this many are replaced.</summary>
    public int MinDegree { get; init; } = 2;

    /// <summary>
    /// A peer with this many links refuses more. A limit against exhaustion, far above what overlays reach.
    /// </summary>
    public int MaxDegree { get; init; } = 100_000;

    /// <summary>May be <see cref="Never"/>.</summary>
    public TimeSpan RepairInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a CONNECT or a peer list may take before it is given up.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    // ---- Gossip
    public TimeSpan GossipInterval { get; init; } = TimeSpan.FromSeconds(5);

    public int MaxMessagesPerPeer { get; init; } = 10;

    public int PayloadBytes { get; init; } = 64;

    public ForwardTo ForwardTo { get; init; }

    public MessageIdFormat MessageIdFormat { get; init; }

    /// <summary>Unix time at the run's instant zero, for the timestamps in ids and reports, in seconds.</summary>
    public double EpochUnixSeconds { get; init; }

    // ---- Liveness
    /// <summary>
    /// May be <see cref="Never"/>: then nobody is watched, and nobody is ever suspected.
    /// </summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// In how many intervals a busy link is pinged once, though nobody is silent: pings carry the gossip digest. With 1
    /// every neighbor is pinged every interval. Our choice: 5.
    /// </summary>
    public int PingBusyEvery { get; init; } = 5;

    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(0.5);

    public int MissedPingsToSuspect { get; init; } = 3;

    /// <summary>How long a witness waits for the suspect's answer.</summary>
    public TimeSpan WitnessProbe { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The seed nodes' whole round, after which a report without an answer goes to the next of them.</summary>
    public TimeSpan ReportTimeout { get; init; } = TimeSpan.FromSeconds(4);

    public ReportTo ReportTo { get; init; }

    internal int CandidateLimit => Math.Max(CandidateView.UsualLimit, 2 * PeerListLimit);

    internal static bool IsEver(TimeSpan interval) => interval != Never;

    public int QuorumSize => Quorum.Size(SeedNodes.Length, QuorumRule.FloorHalfPlusOne);
}
