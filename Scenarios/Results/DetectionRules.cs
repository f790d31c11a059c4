using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>The settings of a scenario that decide how long the stages of a detection take.</summary>
internal sealed record DetectionRules
{
    public required int PingIntervalMs { get; init; }

    public required int PingTimeoutMs { get; init; }

    public required int MissedPingsToSuspect { get; init; }

    public required ResetReaction OnConnectionReset { get; init; }

    public required int WitnessTimeoutMs { get; init; }

    public required ReportTo ReportTo { get; init; }

    public required RemovalEvidence RemovalEvidence { get; init; }

    public required int DistinctReportersNeeded { get; init; }

    public required int ProbeAttempts { get; init; }

    public required int ProbeTimeoutMs { get; init; }

    public required int SyncIntervalMs { get; init; }

    public required int RefreshIntervalMs { get; init; }

    public static DetectionRules Of(Scenario scenario) => new()
    {
        PingIntervalMs = scenario.Liveness.PingIntervalMs,
        PingTimeoutMs = scenario.Liveness.PingTimeoutMs,
        MissedPingsToSuspect = scenario.Liveness.MissedPingsToSuspect,
        OnConnectionReset = scenario.Liveness.OnConnectionReset,
        WitnessTimeoutMs = scenario.Liveness.Confirmation.TimeoutMs,
        ReportTo = scenario.Liveness.ReportTo,
        RemovalEvidence = scenario.SeedNodes.RemovalEvidence,
        DistinctReportersNeeded = scenario.SeedNodes.DistinctReportersNeeded,
        ProbeAttempts = scenario.SeedNodes.ProbeAttempts,
        ProbeTimeoutMs = scenario.SeedNodes.ProbeTimeoutMs,
        SyncIntervalMs = scenario.SeedNodes.SyncIntervalMs,
        RefreshIntervalMs = scenario.Peers.RefreshIntervalMs,
    };
}
