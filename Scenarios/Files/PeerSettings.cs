using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>The peers: how many, where, and how they come in.</summary>
internal sealed record PeerSettings
{
    [Description("How many peers.")]
    [Range(1, 1_000_000)]
    public int Count { get; init; } = 20;

    [Description("IPv4 address of the peers; beyond 50,000 simulated peers the next addresses are used too.")]
    [RegularExpression(NodePlaces.HostPattern, ErrorMessage = NodePlaces.HostWords)]
    public string Host { get; init; } = "127.0.0.1";

    [Description("Port of the first peer; the others follow.")]
    [Range(1, 65_535)]
    public int BasePort { get; init; } = 7000;

    [Description("Pause between the starts of two peers. Default: 10, or less when formation would be too short.")]
    [Range(0, 600_000)]
    public double JoinIntervalMs { get; init; } = 10;

    [Description("Which seed nodes a peer asks to register it: one after the other, a quorum of them, or all.")]
    public RegisterWith RegisterWith { get; init; } = RegisterWith.OneSeed;

    [Description("Where seed nodes and peers run when the runtime is tcp: all in one process, or each in its own.")]
    public Hosting Hosting { get; init; } = Hosting.InProcess;

    [Description("How long a peer waits for a seed node to register it before it asks the next one.")]
    [Range(10, 600_000)]
    public int RegisterTimeoutMs { get; init; } = 4000;

    [Description("Pause between two refreshes of a peer's entry at a seed node.")]
    [Range(100, 3_600_000)]
    public int RefreshIntervalMs { get; init; } = 10_000;
}

internal enum Hosting
{
    InProcess,
    ProcessPerNode,
}
