namespace GossipSim.Scenarios.Results;

/// <summary>The steps from a crash until the last peer knows, in order; each ends with what it names.</summary>
internal enum DetectionStage
{
    /// <summary>The neighbor that suspects it first misses an answer for the first time.</summary>
    FirstMiss,

    /// <summary>That neighbor has missed enough.</summary>
    Suspicion,

    /// <summary>A majority of the suspect's neighbors confirms it.</summary>
    NeighborMajority,

    /// <summary>The report is at a seed node.</summary>
    Report,

    /// <summary>That seed node opens the vote, in the round that succeeds.</summary>
    Proposal,

    /// <summary>The first seed node has heard a quorum of votes, each after a probe of the voter's own.</summary>
    Quorum,

    /// <summary>Every live seed node has removed it.</summary>
    Removal,

    /// <summary>Nobody who lives has a link to it any more.</summary>
    LastPeer,
}
