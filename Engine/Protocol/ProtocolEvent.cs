namespace GossipSim.Engine.Protocol;

/// <summary>What nodes and their hosts report. The comment says what About, Number and Detail hold.</summary>
public enum EventKind : byte
{
    // ---- Hosts: the process and its links
    /// <summary>
    /// A process started. Number: which start at this address, from 0. Detail: its <see cref="NodeId"/>.
    /// </summary>
    ProcessStarted,

    /// <summary>A process was killed. Detail: the id of the fault as text.</summary>
    ProcessCrashed,

    /// <summary>A process stopped handling inputs, or goes on.</summary>
    ProcessPaused,
    ProcessResumed,

    /// <summary>
    /// A fault of the scenario strikes, or what lasted is over; reported for no node, with the targets as they were
    /// found at that moment. Detail: a <see cref="FaultStrike"/>.
    /// </summary>
    FaultStruck,
    FaultEnded,

    /// <summary>
    /// Something that came over a link was refused. About: the other end. Detail: the reason as text.
    /// </summary>
    InputRefused,

    /// <summary>
    /// Messages to a neighbor were dropped from a full outbox. About: the neighbor. Number: how many.
    /// </summary>
    OutboxDropped,

    // ---- Peers
    /// <summary>
    /// About: the seed node asked. Number: the attempt, from 1. Detail: where several were asked at once, all of them,
    /// <see cref="NodeAddress"/>[].
    /// </summary>
    RegistrationAsked,

    /// <summary>About: the seed node. Number: the epoch. Detail: the <see cref="RegisterAck"/>.</summary>
    Registered,

    /// <summary>About: the seed node. Detail: the <see cref="RegisterNack"/>.</summary>
    RegistrationRefused,

    /// <summary>About: the seed node. Number: entries received.</summary>
    PeerListReceived,

    /// <summary>Detail: the chosen targets, <see cref="NodeAddress"/>[].</summary>
    NeighborsSelected,

    /// <summary>About: the neighbor. Number: its epoch.</summary>
    NeighborAdded,
    NeighborRemoved,

    /// <summary>The peer has its links and takes part. Number: its degree.</summary>
    Joined,

    /// <summary>Detail: the <see cref="Gossip"/>. Number: the count of this peer's messages.</summary>
    GossipPublished,

    /// <summary>First receipt. About: from whom. Number: hops. Detail: the <see cref="Gossip"/>.</summary>
    GossipDelivered,

    /// <summary>A later receipt, dropped. About: from whom. Detail: the <see cref="Gossip"/>, or none.</summary>
    GossipDuplicate,

    /// <summary>
    /// Below the window, over a limit, or another text under a known id; dropped. About: from whom.
    /// Detail: a <see cref="GossipRefusal"/>.
    /// </summary>
    GossipRefused,

    /// <summary>
    /// A message that this peer missed, and whose text a neighbor no longer has either, counts as seen from now on.
    /// About: that neighbor. Detail: the <see cref="GossipKey"/>.
    /// </summary>
    GossipGivenUp,

    /// <summary>
    /// About: the suspect. Number: its epoch. Detail: the <see cref="Silence"/>, where it is known.
    /// </summary>
    Suspected,

    /// <summary>The suspect answered after all. About, Number as above.</summary>
    SuspicionCleared,

    /// <summary>A witness answered. About: the suspect. Detail: the <see cref="Witness"/>.</summary>
    WitnessHeard,

    /// <summary>About: the dead node. Number: its epoch. Detail: the <see cref="DeadNode"/>.</summary>
    DeathReported,

    /// <summary>A seed node refused the report. About: the node that lives.</summary>
    ReportRefused,

    /// <summary>This peer learned that its own membership was ended by others. Number: the epoch.</summary>
    FoundItselfRemoved,

    /// <summary>This peer ended its own membership. Number: the epoch.</summary>
    Left,

    // ---- Seed nodes
    /// <summary>
    /// Number: the quorum. About: none. Detail: true (boxed) when the disk was empty and it learns first.
    /// </summary>
    SeedNodeStarted,

    /// <summary>It merged what a quorum of other seed nodes knew, and votes from now on.</summary>
    LearningFinished,

    /// <summary>About: the address concerned, in this and all below. Detail: the <see cref="Ballot"/>.</summary>
    ProposalOpened,
    VoteCast,
    VoteHeard,
    ProposalApproved,
    ProposalRejected,

    /// <summary>The list of this seed node changed. Detail: the <see cref="Ballot"/> with all voters heard.</summary>
    EntryCommitted,

    /// <summary>An entry read back from disk at a start. Detail: the <see cref="Ballot"/>.</summary>
    EntryRecalled,

    /// <summary>Detail: the <see cref="RegisterAck"/>.</summary>
    RegistrationAcknowledged,

    /// <summary>Detail: the <see cref="RegisterNack"/>.</summary>
    RegistrationDenied,

    /// <summary>A report came in. About: the dead node. Number: its epoch. Detail: the <see cref="HeardReport"/>.
    /// </summary>
    ReportHeard,

    /// <summary>An entry that nobody refreshed is probed.</summary>
    SilentMemberProbed,

    // ---- Own protocols
    /// <summary>A node's new value. Made by <see cref="Metric.Is"/>. Detail: the <see cref="Metric"/>.</summary>
    Measured,

    /// <summary>What a protocol tells its invariants beside its metrics. Detail: a record of the protocol's.</summary>
    Own,

    /// <summary>
    /// A handler of an own protocol threw, and the node handles nothing more. Detail: what and where, as text.
    /// </summary>
    HandlerThrew,

    // ---- Later words: where one stands here is part of every fingerprint, so none may be put in between
    /// <summary>
    /// At a seed node: a report without a port could mean several members, so nothing follows from it. About: whom the
    /// reporter meant. Detail: the <see cref="HeardReport"/>.
    /// </summary>
    ReportAmbiguous,

    /// <summary>
    /// A neighbor was pinged, or answered that; told only where somebody wants to read of it. About: the neighbor.
    /// </summary>
    SignOfLifeAsked,
    SignOfLifeHeard,

    /// <summary>
    /// A ping was not answered in time; told only where somebody wants to hear of it. About: the neighbor. Number: how
    /// many in a row, up to as many as make a suspect.
    /// </summary>
    SignOfLifeMissed,
}

/// <summary>A step of a vote among seed nodes, as one of them saw it.</summary>
/// <param name="Voter">Whose vote this step is about; none when it is about the outcome.</param>
/// <param name="Voters">The YES votes known so far to the reporter.</param>
/// <param name="Signatures">Of the voters, where votes are signed; the reporter's own is absent.</param>
public sealed record Ballot(
    ProposalId Proposal, MembershipEntry Entry, int Quorum, NodeAddress[] Voters,
    NodeAddress Voter = default, bool Yes = false, RefusalReason Reason = RefusalReason.None,
    VoteSignature[]? Signatures = null);

/// <summary>What led to a suspicion.</summary>
/// <param name="SinceFirstMiss">
/// From the first of the missed answers to the suspicion, in microseconds of the suspecting peer's clock.
/// </param>
public sealed record Silence(long SinceFirstMiss);

/// <summary>A report as a seed node heard it.</summary>
/// <param name="Reporter">
/// Who sent it: its text names a host, on which there may be many. None in logs of before this was told.
/// </param>
public sealed record HeardReport(DeadNode Report, NodeAddress Reporter);

/// <summary>A fault as it strikes.</summary>
/// <param name="Word">The scenario's word for it, such as crash or partition.</param>
/// <param name="FaultId">Its name in the scenario; a repeated fault strikes more than once under it.</param>
/// <param name="Groups">
/// A partition: the node sets that cannot reach each other. A cut: from, and to. All others: the nodes struck; no group
/// when it strikes every link.
/// </param>
/// <param name="OneWay">A cut that only messages from the first group to the second suffer.</param>
/// <param name="MayIsolate">
/// Whether a node that is struck may be unable to exchange messages within the protocol's timeouts.
/// </param>
/// <param name="Behavior">What a byzantine node does from now on; null for all other faults.</param>
/// <param name="EmptiesDisks">Whether the nodes come back without what they had on disk.</param>
public sealed record FaultStrike(
    string Word, string FaultId, NodeAddress[][] Groups, bool OneWay = false, bool MayIsolate = false,
    string? Behavior = null, bool EmptiesDisks = false);

/// <summary>A message that a peer dropped without looking whether it is news.</summary>
/// <param name="Reason">Old, Forged, Full, Stranger or SameId.</param>
public sealed record GossipRefusal(Gossip Gossip, string Reason)
{
    /// <summary>The reason of one that was swallowed: another message was heard under its id.</summary>
    public const string SameId = nameof(Receipt.SameId);
}

/// <summary>
/// Something worth knowing that happened at a node. A value: reporting allocates nothing but a rare detail.
/// </summary>
public readonly record struct ProtocolEvent(
    EventKind Kind, NodeAddress About = default, long Number = 0, object? Detail = null);
