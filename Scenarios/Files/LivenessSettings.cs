using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

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

    [Description("Which seed nodes are told of a dead neighbor: one after the other, or all at once."
        + " Default: turnByTurn, or allSeedNodes with removalEvidence distinctReporters.")]
    public ReportTo ReportTo { get; init; } = ReportTo.TurnByTurn;

    [Description("What a report says after \"Dead Node:\". Without a port, seed nodes heed it only where one member"
        + " lives at the address.")]
    public DeadReportFormat ReportFormat { get; init; } = DeadReportFormat.IpPortTimestampReporter;

    [Description("What a connection reset leads to: a ping at once, or nothing, so that only missed pings count.")]
    public ResetReaction OnConnectionReset { get; init; } = ResetReaction.ExtraProbe;
}

internal sealed record ConfirmationSettings
{
    [Description("Whose verdicts count: the suspect's neighbors', the reporter's, or nobody's.")]
    public ConfirmationRule Rule { get; init; } = ConfirmationRule.MajorityOfSuspectNeighbors;

    [Description("How long a witness waits for the suspect's answer.")]
    [Range(10, 600_000)]
    public int TimeoutMs { get; init; } = 1000;
}

internal enum DeadReportFormat
{
    [JsonStringEnumMemberName("ip:port:timestamp:reporter")]
    IpPortTimestampReporter,

    [JsonStringEnumMemberName("ip:timestamp:reporter")]
    IpTimestampReporter,
}

internal enum ResetReaction
{
    ExtraProbe,
    Nothing,
}
