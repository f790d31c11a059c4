using System.ComponentModel;

namespace GossipSim.Scenarios.Files;

/// <summary>Which promises are checked while the run goes on, and what a breach leads to.</summary>
internal sealed record InvariantSettings
{
    /// <summary>The promises of the protocol, by the names that reports use.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "quorumForEveryChange", "oneNodeIdPerEpoch", "oneRegistrationVotePerEpoch", "membershipNeverGoesBack",
        "noFalseRemoval", "minoritySideFrozen", "seedsAgreeWhenQuiet", "crashedEventuallyRemoved",
        "overlayConnectedWhenQuiet", "messageHandledOncePerIncarnation", "gossipReachesLiveComponent",
        "boundedMemory",
    ];

    [Description("Check all of them, or none.")]
    public InvariantMode Mode { get; init; } = InvariantMode.All;

    [Description("Whether a breach ends the run or is noted.")]
    public ViolationReaction OnViolation { get; init; } = ViolationReaction.Stop;

    [Description("Invariants that a rule of this scenario is known to break, with the reason; breaches are counted.")]
    [InvariantKeys]
    public IReadOnlyDictionary<string, string> Waived { get; init; } = new Dictionary<string, string>();
}

internal enum InvariantMode
{
    All,
    None,
}

internal enum ViolationReaction
{
    Stop,
    Continue,
}
