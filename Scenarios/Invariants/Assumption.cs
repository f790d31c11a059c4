namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// What a promise takes for granted. Where a run's faults take it away, a breach is told as expected: crashes, lost
/// messages and cut links are no excuse for any promise.
/// </summary>
[Flags]
internal enum Assumption
{
    None = 0,

    /// <summary>At most 2q - n - 1 of n seed nodes lie, so that any two quorums of q share an honest one.</summary>
    FewLyingSeedNodes = 1,

    /// <summary>No peer lies.</summary>
    HonestPeers = 2,

    /// <summary>Links are first in, first out, and deliver nothing twice.</summary>
    LinksLikeTcp = 4,

    /// <summary>
    /// Fewer seed nodes than a quorum are without their memory at once: of a quorum's lost disks nobody can know what
    /// it voted for.
    /// </summary>
    MemoryOfQuorum = 8,
}
