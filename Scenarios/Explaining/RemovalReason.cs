namespace GossipSim.Scenarios.Explaining;

/// <summary>Why a membership was ended or was not: a closed list, of which exactly one holds.</summary>
internal enum RemovalReason : byte
{
    // ---- It was removed
    CrashedAndRemoved,
    LeftAndRemoved,
    PausedAndRemoved,

    /// <summary>It ran, and a fault may have kept it from a quorum of seed nodes.</summary>
    CutOffAndRemoved,

    /// <summary>It ran, and too few seed nodes had been there for the whole detection bound.</summary>
    RemovedByNewcomers,

    /// <summary>It was byzantine.</summary>
    LiarRemoved,

    /// <summary>It ran and could be reached all the time: a false removal (DESIGN section 5).</summary>
    RemovedWrongly,

    // ---- There was nothing to remove
    IsASeedNode,
    NeverAMember,

    /// <summary>A later process at its address became a member: that ends the earlier one without a removal.</summary>
    ReplacedByLaterMember,

    // ---- It was not removed
    /// <summary>It ran to the end, and nobody ever doubted it.</summary>
    NeverSuspected,

    /// <summary>It was suspected, and answered.</summary>
    SuspicionCleared,

    /// <summary>It was reported, and a seed node reached it.</summary>
    ReportRefused,

    /// <summary>It is silent or cut off from a quorum of seed nodes, and nobody has noticed so far.</summary>
    NotNoticedYet,

    /// <summary>It is suspected, and no report has gone out so far.</summary>
    SuspectedNotReported,

    /// <summary>It was reported, and no seed node heard that.</summary>
    ReportNotHeard,

    /// <summary>A seed node heard the report, and neither opened a vote on it nor refused it.</summary>
    ReportNotTakenUp,

    /// <summary>A vote was opened, and too few seed nodes were up and connected for a quorum.</summary>
    NoQuorumOfSeedNodes,

    /// <summary>
    /// A vote was opened and closed without a quorum, though enough seed nodes were up and connected at the end.
    /// </summary>
    VoteFailed,

    /// <summary>A vote was opened, and had not ended when the run did.</summary>
    VoteStillOpen,
}
