using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>How peers choose their neighbors and replace lost ones.</summary>
internal sealed record OverlaySettings
{
    [Description("By what rule a joining peer chooses neighbors.")]
    public OverlayRule Rule { get; init; } = OverlayRule.PreferentialAttachment;

    [Description("Links that a joining peer opens (m).")]
    [Range(1, 64)]
    public int LinksPerJoin { get; init; } = 3;

    [Description("How lost links are replaced.")]
    public RepairSettings Repair { get; init; } = new();

    [Description("A peer with this many links refuses more. Default: no limit.")]
    [Range(2, 1_000_000)]
    public int? MaxDegree { get; init; }
}

internal sealed record RepairSettings
{
    [Description("Whether lost links are replaced. Without it a peer seeks its first links, and none afterwards.")]
    public bool Enabled { get; init; } = true;

    [Description("A peer with fewer links than this opens new ones. Default: 2, or linksPerJoin if that is less.")]
    [Range(1, 64)]
    public int MinDegree { get; init; } = 2;

    [Description("Pause between two attempts.")]
    [Range(10, 3_600_000)]
    public int IntervalMs { get; init; } = 1000;
}

internal enum OverlayRule
{
    PreferentialAttachment,
}
