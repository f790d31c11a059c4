namespace GossipSim.Engine.Protocol;

/// <summary>One voter's signature in a certificate.</summary>
/// <param name="JoinStamp">
/// That the vote was given for: two coordinators may have stamped one registration, and each has its voters.
/// </param>
/// <param name="Signature">Absent of a node's own vote, until its host signs for it.</param>
public readonly record struct VoteSignature(long JoinStamp, byte[]? Signature);
