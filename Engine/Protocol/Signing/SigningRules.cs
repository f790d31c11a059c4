namespace GossipSim.Engine.Protocol;

/// <summary>What a host needs to know to sign for its nodes and to check what others signed.</summary>
/// <param name="Cluster">Part of every statement: what is signed here means nothing in another cluster.</param>
/// <param name="SeedNodes">The configured set, whose votes count.</param>
/// <param name="Quorum">How many of them a certificate needs.</param>
public sealed record SigningRules(string Cluster, NodeAddress[] SeedNodes, int Quorum, ISignatures Signatures)
{
    /// <summary>Whether a certificate's signature is of that voter, and for that entry.</summary>
    public bool IsVote(NodeAddress voter, ProposalId proposal, in MembershipEntry entry, in VoteSignature vote)
    {
        if (vote.Signature is not { } signature) return false;
        var voted = entry with { JoinStamp = vote.JoinStamp };
        return Signatures.IsValid(voter, Statement.OfVote(Cluster, voter, proposal, voted, yes: true), signature);
    }
}
