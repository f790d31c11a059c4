namespace GossipSim.Engine.Protocol;

/// <summary>
/// What is counted together. Registration votes bind for ever, so all proposals of one process at one epoch share a
/// tally; a removal vote belongs to its round, so each removal proposal has its own.
/// </summary>
internal readonly record struct TallyKey(NodeAddress Address, int Epoch, NodeId NodeId, ProposalId Round)
{
    public static TallyKey Of(ProposalId proposal, in MembershipEntry entry) =>
        new(entry.Address, entry.Epoch, entry.NodeId, entry.IsAlive ? default : proposal);

    public override int GetHashCode() => (int)(Mix64.Of(Address.Packed, NodeId.Value, (ulong)Round.Counter) >> 32);
}

/// <summary>The votes that this seed node itself heard for one change, and who waits here for the outcome.</summary>
internal sealed class Tally(ProposalId proposal, MembershipEntry entry, Instant opened, VoterSequence nobody)
{
    private VoterSequence yes = nobody;

    // Most changes meet no refusal, and only one seed node of all is asked for them.
    private List<NodeAddress>? no;
    private List<NodeAddress>? waiting;
    private List<VoteSignature>? signatures;

    public ProposalId Proposal { get; private set; } = proposal;

    public MembershipEntry Entry { get; private set; } = entry;

    public Instant Opened { get; private set; } = opened;

    /// <summary>Whether this seed node runs the vote.</summary>
    public bool IsCoordinated { get; private set; }

    /// <summary>How often the registration behind it was proposed before, at other epochs.</summary>
    public int Tries { get; private set; }

    public RefusalReason Refusal { get; private set; }

    public int YesCount => yes.Voters.Length;

    public int NoCount => no?.Count ?? 0;

    public IReadOnlyList<NodeAddress> Waiting =>
        (IReadOnlyList<NodeAddress>?)waiting ?? [];

    /// <summary>Who voted YES, in the order heard; never written.</summary>
    public NodeAddress[] Voters => yes.Voters;

    /// <summary>The votes heard so far.</summary>
    public Certificate Certificate() => new(Proposal, Voters, Signatures());

    /// <summary>Of the voters, in their order; null where votes are not signed.</summary>
    public VoteSignature[]? Signatures() => signatures?.ToArray();

    public void Coordinate(ProposalId proposal, Instant now, int tries)
    {
        (Proposal, Opened, Tries) = (proposal, now, tries);
        IsCoordinated = true;
        // NOs of an earlier round do not count against this one; YES votes of a registration bind for ever.
        no = null;
        Refusal = RefusalReason.None;
    }

    /// <summary>
    /// Answers are owed to at most this many; more reporters than that learn the outcome by asking again.
    /// </summary>
    public void Await(NodeAddress who, int limit)
    {
        waiting ??= new List<NodeAddress>(1);
        if (waiting.Count < limit && !waiting.Contains(who)) waiting.Add(who);
    }

    public void CountYes(NodeAddress voter, in MembershipEntry entry)
    {
        yes = yes.With(voter);
        no?.Remove(voter);
        // Two coordinators may have stamped one registration; the greater stamp is the one that merging keeps.
        if (entry.JoinStamp > Entry.JoinStamp) Entry = entry;
    }

    /// <summary>Counts a vote that can be shown to others.</summary>
    /// <param name="signature">Absent of this seed node's own vote: its host signs for it.</param>
    public void CountSigned(NodeAddress voter, in MembershipEntry entry, byte[]? signature)
    {
        if (Array.IndexOf(yes.Voters, voter) >= 0) return;
        // A stamp that was proposed and that nobody voted for is none.
        var stamp = signatures is null ? entry.JoinStamp : Math.Max(Entry.JoinStamp, entry.JoinStamp);
        Entry = Entry with { JoinStamp = stamp };
        (signatures ??= []).Add(new VoteSignature(entry.JoinStamp, signature));
        yes = yes.With(voter);
        no?.Remove(voter);
    }

    public void CountNo(NodeAddress voter, RefusalReason reason)
    {
        no ??= new List<NodeAddress>(1);
        if (Array.IndexOf(yes.Voters, voter) >= 0 || no.Contains(voter)) return;
        no.Add(voter);
        if (Refusal == RefusalReason.None) Refusal = reason;
    }
}
