using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

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
        "boundedMemory", "uniqueMessageIds",
    ];

    /// <summary>Our choice: beyond so many peers a memory of every vote costs more than the votes.</summary>
    public const int MostPeersWatchedFully = 100_000;

    [Description("Check all of them, or none; or sampled: those that remember every vote or entry judge those about"
        + " a sample of the peers, and the summary names them. Default: all, or sampled beyond 100,000 peers.")]
    public InvariantMode Mode { get; init; } = InvariantMode.All;

    [Description("With mode sampled: about how many peers; a hash of the address chooses, the same in every run.")]
    [Range(1, 1_000_000)]
    public int SampledPeers { get; init; } = 20_000;

    [Description("Whether a breach ends the run or is noted.")]
    public ViolationReaction OnViolation { get; init; } = ViolationReaction.Stop;

    [Description("Invariants that a rule of this scenario is known to break, with the reason; breaches are counted.")]
    [InvariantKeys]
    public IReadOnlyDictionary<string, string> Waived { get; init; } = new Dictionary<string, string>();
}

internal enum InvariantMode
{
    All,
    Sampled,
    None,
}

internal enum ViolationReaction
{
    Stop,
    Continue,
}
