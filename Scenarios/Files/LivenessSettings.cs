using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>How a silent neighbor becomes a suspect, and a suspect a dead peer.</summary>
internal sealed record LivenessSettings
{
    [Description("A neighbor that was silent this long is pinged.")]
    [Range(10, 3_600_000)]
    public int PingIntervalMs { get; init; } = 1000;

    [Description("A ping that is not answered within this time is missed.")]
    [Range(1, 3_600_000)]
    public int PingTimeoutMs { get; init; } = 500;

    [Description("Missed pings in a row that make a neighbor a suspect.")]
    [Range(1, 100)]
    public int MissedPingsToSuspect { get; init; } = 3;

    [Description("Who else must find the suspect dead before the seed nodes are told.")]
    public ConfirmationSettings Confirmation { get; init; } = new();

    [Description("What a connection reset leads to; it is never a verdict by itself.")]
    public ResetReaction OnConnectionReset { get; init; } = ResetReaction.ExtraProbe;
}

internal sealed record ConfirmationSettings
{
    [Description("Whose verdicts count.")]
    public ConfirmationRule Rule { get; init; } = ConfirmationRule.MajorityOfSuspectNeighbors;

    [Description("How long a witness waits for the suspect's answer.")]
    [Range(10, 600_000)]
    public int TimeoutMs { get; init; } = 1000;
}

internal enum ConfirmationRule
{
    MajorityOfSuspectNeighbors,
}

internal enum ResetReaction
{
    ExtraProbe,
}
