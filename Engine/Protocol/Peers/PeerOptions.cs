using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>How many seed nodes a peer asks at once to register it.</summary>
public enum RegisterWith : byte
{
    /// <summary>The one that hashing names; the next when it does not answer.</summary>
    OneSeed,

    /// <summary>floor(n/2)+1 of them, from the one that hashing names on (SOURCES S13: 001, 002, 004).</summary>
    Quorum,

    /// <summary>All of them (SOURCES D6: the text of document 003).</summary>
    AllSeeds,
}

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
    /// <c>timestamp:ip:number</c>, as two of the documents write it: names every peer of a host alike. The id is then
    /// what messages are told apart by, and a message under an id that was heard before is lost (SOURCES D1).
    /// </summary>
    WithoutPort,
}

/// <summary>How fine the timestamps are in ids and reports.</summary>
public enum Timestamps : byte
{
    Milliseconds,

    /// <summary>Whole seconds, as documents 001 and 004 have them (SOURCES D1, D3).</summary>
    Seconds,
}

/// <summary>Whose verdicts about a suspect count before it is reported.</summary>
public enum ConfirmationRule : byte
{
    /// <summary>The suspect's own neighbors, padded with the reporter's.</summary>
    MajorityOfSuspectNeighbors,

    /// <summary>The reporter's neighbors alone, as some of the documents have it (SOURCES D11).</summary>
    MajorityOfReporterNeighbors,

    /// <summary>Nobody's: who missed enough pings is reported (SOURCES S31: documents 001 and 004).</summary>
    None,
}

/// <summary>The documents' line about a dead node, and what of it seed nodes go by.</summary>
public enum ReportFormat : byte
{
    /// <summary><c>Dead Node:ip:port:timestamp:reporter</c></summary>
    WithPort,

    /// <summary>
    /// <c>Dead Node:ip:timestamp:reporter</c>: seed nodes heed it only where one member lives at that address
    /// (SOURCES D2: document 004).
    /// </summary>
    WithoutPort,
}

/// <summary>
/// How a peer behaves. Times are those of the profile <c>fast</c>; origins: our choice, DESIGN section 5.
/// </summary>
public sealed record PeerOptions
{
    /// <summary>Our choice, where no interval bounds the wait: about a minute after a second.</summary>
    private const int DoublingsAtMost = 6;

    /// <summary>As an interval: what is done each interval is not done at all.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromMilliseconds(-1);

    /// <summary>All seed nodes of the cluster, in the same order everywhere.</summary>
    public required NodeAddress[] SeedNodes { get; init; }

    /// <summary>
    /// Whether hosts sign votes and check them (<see cref="Notary"/>): then only a certificate makes a membership or
    /// ends one, whoever brings it.
    /// </summary>
    public bool AreVotesSigned { get; init; }

    // ---- Registration
    public RegisterWith RegisterWith { get; init; }

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

    /// <summary>
    /// Whether lost links are replaced. Without it a peer seeks links until it has its first ones, and no more
    /// afterwards (SOURCES D12: no document says what to do then).
    /// </summary>
    public bool ReplacesLostLinks { get; init; } = true;

    /// <summary>May be <see cref="Never"/>.</summary>
    public TimeSpan RepairInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a CONNECT, a peer list or a refresh may take before it is given up; seed nodes that were silent before
    /// get longer.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    // ---- Gossip
    public TimeSpan GossipInterval { get; init; } = TimeSpan.FromSeconds(5);

    public int MaxMessagesPerPeer { get; init; } = 10;

    public int PayloadBytes { get; init; } = 64;

    public ForwardTo ForwardTo { get; init; }

    public MessageIdFormat MessageIdFormat { get; init; }

    public Timestamps Timestamps { get; init; }

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

    /// <summary>Whether pings and their answers are reported: the logs of document 004 show them.</summary>
    public bool TellsPings { get; init; }

    /// <summary>Whether each missed ping is reported: who teaches the protocol shows them one by one.</summary>
    public bool TellsMisses { get; init; }

    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(0.5);

    public int MissedPingsToSuspect { get; init; } = 3;

    /// <summary>
    /// Whether a link that breaks is a reason to ping at once: a crash is then noticed long before the third interval.
    /// Without it only missed pings count (SOURCES D15).
    /// </summary>
    public bool ProbesAfterReset { get; init; } = true;

    public ConfirmationRule ConfirmationRule { get; init; }

    /// <summary>How long a witness waits for the suspect's answer.</summary>
    public TimeSpan WitnessProbe { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The seed nodes' whole round, after which a report without an answer goes to the next of them.</summary>
    public TimeSpan ReportTimeout { get; init; } = TimeSpan.FromSeconds(4);

    public ReportTo ReportTo { get; init; }

    public ReportFormat ReportFormat { get; init; }

    internal int CandidateLimit => Math.Max(CandidateView.UsualLimit, 2 * PeerListLimit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsEver(TimeSpan interval) => interval != Never;

    /// <summary>
    /// How long seed nodes may take to answer when so many times before they did not: twice as long each time, since
    /// who cannot keep up would be asked more the less he can, and would not recover. Never longer than a refresh
    /// interval, so that whoever can be reached again is found within one.
    /// </summary>
    internal TimeSpan PatienceAfter(int silences)
    {
        var patience = AnswerTimeout * (1 << Math.Min(silences, DoublingsAtMost));
        return IsEver(RefreshInterval) && patience > RefreshInterval ? RefreshInterval : patience;
    }

    /// <summary>How many seed nodes one request to register goes to.</summary>
    internal int SeedNodesToRegisterWith => RegisterWith switch
    {
        RegisterWith.OneSeed => 1,
        RegisterWith.Quorum => QuorumSize,
        RegisterWith.AllSeeds => SeedNodes.Length,
        _ => throw new InvalidOperationException($"unknown {RegisterWith}"),
    };

    internal PeerOptions With(NodeAddress found, int place) =>
        this with { SeedNodes = SeedNodeList.With(SeedNodes, found, place) };

    public int QuorumSize => Quorum.Size(SeedNodes.Length, QuorumRule.FloorHalfPlusOne);
}
