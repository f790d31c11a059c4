namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// Why a message reached a peer or did not: a closed list, of which exactly one holds for each message and peer. They
/// are tried in this order: first whether it came, then the peer itself, then whether the message still exists
/// anywhere, then the way between.
/// </summary>
internal enum ReachReason : byte
{
    // ---- It has it
    IsTheOrigin,
    DeliveredByFlood,
    RecoveredByRequest,

    // ---- The peer itself
    /// <summary>Seed nodes take no part in gossip.</summary>
    IsASeedNode,
    NeverStarted,

    /// <summary>It was down when the message was made, and never came back.</summary>
    CrashedBefore,
    CrashedBeforeItArrived,
    LeftBefore,
    LeftBeforeItArrived,

    /// <summary>It is paused when the run ends.</summary>
    Paused,

    /// <summary>It has too much newer gossip of the same origin: what is below the window counts as seen.</summary>
    BelowWindow,

    /// <summary>It holds another message under the same origin and count.</summary>
    RefusedAsForged,

    /// <summary>It knows as many origins as it has room for.</summary>
    RefusedForRoom,

    /// <summary>It heard another message under the same id, which is all that messages are known by there.</summary>
    SwallowedByItsId,

    /// <summary>When it heard of the message, no neighbor had the text any more.</summary>
    GaveUp,

    // ---- The message
    /// <summary>Nobody but the origin ever had it, and the origin is gone.</summary>
    LostWithOrigin,

    /// <summary>Others had it too, and all of them are gone.</summary>
    LostWithItsHolders,

    // ---- The way between
    /// <summary>A partition or cut keeps the peer from everybody who has it.</summary>
    CutOff,

    /// <summary>It has no link, and a fault that may keep it from making one lasts to the end.</summary>
    IsolatedByFault,

    /// <summary>It runs and has no link, because it is no member.</summary>
    NotAMember,

    /// <summary>
    /// It was linked, in the lists of both ends, to somebody who had the message, and that link ended first.
    /// </summary>
    LinkBrokenOnTheWay,

    /// <summary>It is a member without a link.</summary>
    NotLinked,

    /// <summary>Its part of the overlay has nobody who has the message.</summary>
    NoHolderWasConnected,

    /// <summary>A peer on the way is paused.</summary>
    StuckBehindPausedPeer,

    /// <summary>A byzantine peer on the way keeps it for itself.</summary>
    DroppedByByzantine,

    /// <summary>It is byzantine itself, and says that it lacks nothing.</summary>
    HidesWhatItLacks,

    /// <summary>The peers next to it once had the message and no longer have its text.</summary>
    ForgottenByHolders,

    /// <summary>A peer on the way does not take it.</summary>
    RefusedOnTheWay,

    /// <summary>A fault slows or harms the link that it has to come over.</summary>
    HeldUpByFault,

    /// <summary>The outbox of a peer that has it was full, and dropped what was to go this way.</summary>
    DroppedFromFullOutbox,

    /// <summary>A free way is there, and the run ended before the message had passed it.</summary>
    RunEndedFirst,

    /// <summary>
    /// A free way was there for longer than gossip may take: the protocol broke its promise.
    /// </summary>
    NotPassedOn,
}
