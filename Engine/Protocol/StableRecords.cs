namespace GossipSim.Engine.Protocol;

/// <summary>What a seed node must remember across a crash.</summary>
public abstract record StableRecord
{
    /// <summary>A later record of the same key replaces an earlier one, so stores may forget the earlier.</summary>
    public abstract string Key { get; }
}

/// <summary>This disk has a history: its seed node merged what a quorum of others knew before it first voted.</summary>
public sealed record StoreRecord(ulong StoreId) : StableRecord
{
    public override string Key => "store";
}

/// <summary>A YES vote. For a registration it binds this seed node for ever: one vote per (address, epoch).</summary>
public sealed record VoteRecord(ProposalId Proposal, MembershipEntry Entry) : StableRecord
{
    // The latest removal vote per epoch is enough to vouch for it; a registration vote never changes.
    public override string Key => $"vote {Entry.State} {Entry.Address} {Entry.Epoch}";
}

/// <summary>An entry of the membership list and the seed nodes whose votes were heard for it.</summary>
/// <param name="Signatures">Of the voters, where votes are signed: after a crash too the entry can be proved.</param>
public sealed record EntryRecord(
    MembershipEntry Entry, ProposalId Proposal, NodeAddress[] Voters, VoteSignature[]? Signatures = null) : StableRecord
{
    public override string Key => $"entry {Entry.Address}";
}

/// <summary>
/// An earlier disk was lost and may have held a vote at that epoch, or below it: none is given there again, after the
/// next crash neither.
/// </summary>
public sealed record ClosedEpochRecord(NodeAddress Address, int Epoch) : StableRecord
{
    public override string Key => $"closed {Address}";
}
