namespace GossipSim.Engine.Protocol;

/// <summary>Names one attempt to change the membership: the coordinator and its own count of proposals.</summary>
public readonly record struct ProposalId(NodeAddress Coordinator, long Counter)
{
    public override int GetHashCode() => (int)(Mix64.Of(Coordinator.Packed, (ulong)Counter) >> 32);

    public override string ToString() => $"{Coordinator}#{Counter}";
}

/// <summary>
/// The evidence beside an entry: the seed nodes that voted for it. While votes are unsigned it is believed only from
/// its voters; carried by anybody else it is a hint to go and ask them. With their signatures it is a proof.
/// </summary>
/// <param name="Signatures">Of each voter, in the order of the voters.</param>
public sealed record Certificate(ProposalId Proposal, NodeAddress[] Voters, VoteSignature[]? Signatures = null);

/// <summary>An entry together with the proposal that is said to have made it: what STATUS asks voters about.</summary>
public readonly record struct Claim(ProposalId Proposal, MembershipEntry Entry);

/// <summary>Somebody's vote as another seed node heard it; told to seed nodes that lost their disk.</summary>
public readonly record struct HeardVote(NodeAddress Voter, MembershipEntry Entry);
