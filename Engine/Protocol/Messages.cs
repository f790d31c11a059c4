namespace GossipSim.Engine.Protocol;

/// <summary>
/// The vocabulary of the protocol. Messages are immutable and one object is shared by all its recipients; its arrays
/// are never written after construction. Who sent it is in the <see cref="Envelope"/>, bound to the link.
/// </summary>
public abstract record Message;

// ---- Links ----------------------------------------------------------------------------------------------------------

/// <summary>
/// First on every connection, in both directions: binds the link to an address. Read by hosts, never by nodes.
/// </summary>
public sealed record Hello(string Cluster, NodeAddress Address, NodeId NodeId, int Epoch) : Message;

/// <summary>The last line before a connection is closed because of what came over it.</summary>
public sealed record Error(string Reason) : Message;

// ---- Registration ---------------------------------------------------------------------------------------------------

public enum RefusalReason : byte
{
    None,
    NotYourAddress,
    Unreachable,
    AddrInUse,
    OldEpoch,
    AlreadyVoted,
    NoQuorum,
    Learning,
    StillAlive,
}

/// <summary>"Let me in": the address of the sender itself, and the process that listens there.</summary>
/// <param name="Signature">Of the sender, where things are signed; here and in all that follow.</param>
public sealed record Register(NodeAddress Address, NodeId NodeId, byte[]? Signature = null) : Message;

/// <param name="NodeId">Told beside a certificate that proves the membership: its votes are about that process.</param>
public sealed record RegisterAck(
    NodeAddress Address, int Epoch, long JoinStamp, Certificate Certificate, NodeId? NodeId = null) : Message
{
    /// <summary>What the certificate was given for.</summary>
    public MembershipEntry Entry => new(Address, Epoch, MemberState.Alive, NodeId ?? default, JoinStamp);
}

/// <param name="RetryAfterMs">When asking again may help, in milliseconds.</param>
public sealed record RegisterNack(RefusalReason Reason, int RetryAfterMs) : Message;

// ---- Consensus of seed nodes ----------------------------------------------------------------------------------------

/// <summary>Asks for votes. The entry's state says what for: Alive registers, Removed removes.</summary>
public sealed record Propose(ProposalId Proposal, MembershipEntry Entry) : Message;

/// <summary>
/// Goes to every seed node, so that each hears a quorum itself. <c>Known</c> is what a NO
/// because of an old epoch rests on.
/// </summary>
public sealed record Vote(
    ProposalId Proposal, MembershipEntry Entry, bool Yes, RefusalReason Reason, MembershipEntry? Known,
    byte[]? Signature = null) : Message;

/// <summary>
/// "This was decided": a hint for whoever missed the votes, and where they are signed a proof, whoever carries it.
/// </summary>
public sealed record Commit(MembershipEntry Entry, Certificate Certificate) : Message;

/// <summary>"Did you vote for these, or commit them?"</summary>
public sealed record Status(Claim[] Claims) : Message;

/// <summary>The claims of a STATUS that the sender voted for or has committed.</summary>
/// <param name="Signatures">One for each: of the vote for it.</param>
public sealed record StatusReply(Claim[] Vouched, byte[][]? Signatures = null) : Message;

/// <summary>
/// A hash per bucket of the membership list. <c>Learning</c>: the sender has an empty disk and asks for everything.
/// </summary>
/// <param name="UpTo">Told of a long list: the latest join stamp of the entries that the hashes are made of.</param>
/// <param name="Bucket">
/// In the answer to a digest of a long list: the hashes are of the parts of this bucket, of the same entries.
/// </param>
public sealed record SyncDigest(
    ulong[] Buckets, bool Learning, long? UpTo = null, int? Bucket = null) : Message;

/// <summary>The entries of the buckets that differ; for a learner also the votes that may still count.</summary>
public sealed record SyncDelta(int Page, int Pages, Claim[] Entries, HeardVote[] Votes) : Message;

// ---- Reading the membership -----------------------------------------------------------------------------------------

public enum PeerListPurpose : byte
{
    /// <summary>All live members, or a sample weighted by degree when there are more than the limit.</summary>
    Join,

    /// <summary>As for joining; stale is fine.</summary>
    Repair,

    /// <summary>The oldest live members.</summary>
    Oldest,

    /// <summary>The answer to a REFRESH: a few members at random for the passive view.</summary>
    Refresh,
}

/// <param name="Degree">In a list drawn by degree: how often it was drawn.</param>
public readonly record struct PeerListEntry(NodeAddress Address, int Epoch, long JoinStamp, int Degree);

public sealed record GetPeerList(PeerListPurpose Purpose) : Message;

/// <param name="Total">Live members in all.</param>
/// <param name="Asker">
/// The entry of the peer that asked. The seed nodes merge to the greatest stamp of a registration, which may not be the
/// one that the peer was acknowledged with.
/// </param>
public sealed record PeerList(
    PeerListPurpose Purpose, int Page, int Pages, int Total, PeerListEntry[] Entries, PeerListEntry? Asker = null)
    : Message
{
    /// <summary>Longer lists come in pages of so many entries.</summary>
    public static int PageSize => MessagePages.RoomFor(MessagePages.PeerListEntryBytes);

    /// <summary>Whether there are more members than the pages tell of: these were drawn.</summary>
    public bool IsSample => Total > Entries.Length + ((Pages - 1L) * PageSize);
}

/// <summary>"I am here, with these links": the ones this peer opened, so that a hub's refresh stays short.</summary>
/// <param name="Degree">All its links, whoever opened them.</param>
public sealed record Refresh(NodeId NodeId, int Epoch, int Degree, NodeAddress[] Neighbors) : Message;

/// <summary>"That membership is over", told to reporters, to the removed node itself and to who asks.</summary>
/// <param name="Successor">
/// Where no removal proves it: what the certificate was given for instead, a later membership of the address.
/// </param>
public sealed record Removed(
    MembershipEntry Entry, Certificate? Certificate, MembershipEntry? Successor = null) : Message;

/// <summary>"I am going": the sender's membership ends by its own wish.</summary>
public sealed record Leave(int Epoch) : Message;

// ---- Overlay --------------------------------------------------------------------------------------------------------

public sealed record Connect(NodeId NodeId, int Epoch, long JoinStamp) : Message;

public sealed record Accept(NodeId NodeId, int Epoch, long JoinStamp) : Message;

/// <param name="Alternatives">
/// Members older than the refuser: a chain of refusals ends at the oldest, who accepts.
/// </param>
public sealed record Refuse(PeerListEntry[] Alternatives) : Message;

/// <summary>"We are no longer neighbors": no sign of death.</summary>
public sealed record Disconnect : Message;

// ---- Gossip ---------------------------------------------------------------------------------------------------------

/// <summary>
/// A message for everybody. What identifies it is (origin, epoch, number); the id text is what people read.
/// </summary>
/// <param name="Id">In the form that the scenario asks for, by default <c>timestamp:ip:port:number</c>.</param>
/// <param name="Recovered">Whether an IWANT brought it, at this hop or an earlier one, and not flooding alone.</param>
public sealed record Gossip(
    string Id, NodeAddress Origin, int Epoch, int Number, string Text, bool Recovered = false) : Message
{
    /// <summary>
    /// Fixed at construction, like all but <see cref="Recovered"/>: a changed copy would carry hashes of another.
    /// </summary>
    public string Id { get; } = Id;

    public NodeAddress Origin { get; } = Origin;

    public int Epoch { get; } = Epoch;

    public int Number { get; } = Number;

    public string Text { get; } = Text;

    /// <summary>SHA-256 of id and text, made once for each message object and never taken from the wire.</summary>
    public ContentHash Hash { get; } = ContentHash.Of(Id, Text);

    public GossipKey Key => new(Origin, Epoch, Number);

    /// <summary>The key in 64 bits, made once for all receivers of the object.</summary>
    internal ulong KeyFingerprint { get; } = new GossipKey(Origin, Epoch, Number).Fingerprint();

    /// <summary>Origin and epoch in 64 bits, made once for all receivers of the object.</summary>
    internal ulong OriginFingerprint { get; } = GossipKey.OriginFingerprint(Origin, Epoch);

    public override int GetHashCode() => (int)(KeyFingerprint >> 32);
}

/// <summary>"Say this to everybody": from a peer's own host, never over a link.</summary>
public sealed record Publish(string Text) : Message;

/// <summary>Which of one origin's messages somebody has seen, and of which it still holds the text.</summary>
/// <param name="High">The highest number seen.</param>
/// <param name="Seen">Bit i: number High - i was seen.</param>
/// <param name="Held">Bit i: the text of number High - i can be had here.</param>
public readonly record struct OriginMarks(NodeAddress Origin, int Epoch, int High, ulong Seen, ulong Held);

public sealed record IHave(OriginMarks[] Origins) : Message;

public sealed record IWant(GossipKey[] Keys) : Message;

// ---- Liveness -------------------------------------------------------------------------------------------------------

/// <summary>What somebody has seen, in 12 bytes: how many messages, and the xor of their hashes.</summary>
public readonly record struct GossipDigest(int Count, ulong Xor);

/// <param name="Digest">Told by neighbors; a ping without it is a probe by somebody else.</param>
public sealed record Ping(GossipDigest? Digest) : Message;

/// <summary>
/// The answer of a node's own loop, not of its machine. Tells which process answers, and whom to ask about it later.
/// </summary>
public sealed record Pong(NodeId NodeId, int Epoch, int Degree, NodeAddress[] Neighbors) : Message;

/// <summary>Level 1: "I hear nothing of that neighbor of yours; do you?"</summary>
public sealed record Suspect(NodeAddress Address, int Epoch, int Round) : Message;

public enum Verdict : byte
{
    Unknown,
    Alive,
    Dead,
}

public sealed record Witness(NodeAddress Address, int Epoch, int Round, Verdict Verdict) : Message;

/// <summary>"That member lives": a suspect's own refutation, or a seed node's refusal of a report.</summary>
public sealed record Alive(NodeAddress Address, int Epoch, bool Refute) : Message;

public enum ReportFlag : byte
{
    /// <summary>A majority of the witnesses that had an opinion found it dead.</summary>
    Confirmed,

    /// <summary>Witnesses reach it and this reporter does not, round after round.</summary>
    Contested,

    /// <summary>No witness answered.</summary>
    Sole,
}

/// <summary>Level 2: the report to a seed node, with the documents' line as text.</summary>
/// <param name="Text"><c>Dead Node:ip:port:timestamp:reporter</c></param>
public sealed record DeadNode(
    NodeAddress Address, int Epoch, NodeId NodeId, ReportFlag Flag, string Text, byte[]? Signature = null) : Message;
