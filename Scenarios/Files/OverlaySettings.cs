using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>How peers choose their neighbors and replace lost ones.</summary>
internal sealed record OverlaySettings
{
    public const int MostLinks = 1_000_000;

    [Description(
        "By what rule a joining peer chooses neighbors among older peers: by degree, the better connected half, by"
        + " rank, all alike or all of them; or the links are planned: a ring, a small world, or those of a file.")]
    public OverlayRuleName Rule { get; init; } = OverlayRuleName.PreferentialAttachment;

    [Description(
        "Links that a joining peer opens (m): a number, a range from which each peer draws one, or floorHalfPlusOne,"
        + " floor(n/2)+1 of the n peers in its list. In a small world, on each side of the ring. Where the rule"
        + " itself says how many, only peers that come later follow this. Default: 3, with uniform 4.")]
    public LinksPerJoin LinksPerJoin { get; init; } = LinksPerJoin.Exactly(3);

    [Description("The peer of rank k is chosen with weight 1/k^zipfExponent. Default: 1; only with zipfRank.")]
    [Range(0, 10)]
    public double? ZipfExponent { get; init; }

    [Description(
        "What ranks the peers: age, degree, or an order that each peer shuffles for itself, as the program of"
        + " document 003 does, which makes all choices alike. Default: shuffled; only with zipfRank.")]
    public RankOrder? ZipfRankBy { get; init; }

    [Description("Chance that a link of the ring leads anywhere else instead. Default: 0.1; only with smallWorld.")]
    [Range(0, 1)]
    public double? RewiringProbability { get; init; }

    [Description("Pairs of peers that are linked, by number; the first peer is 0. Only with fromFile, or else file.")]
    [Range(0, 999_999)]
    [MaxLength(MostLinks)]
    public IReadOnlyList<IReadOnlyList<int>>? Links { get; init; }

    [Description("A file beside the scenario file, of any format that analyze graph reads: nodes 0 to n-1 or 1 to n "
        + "are the peers,"
        + " other names stand for the peers in their order. Only with fromFile.")]
    public string? File { get; init; }

    [Description("How lost links are replaced.")]
    public RepairSettings Repair { get; init; } = new();

    [Description("A peer with this many links refuses more. Default: no limit.")]
    [Range(2, 1_000_000)]
    public int? MaxDegree { get; init; }

    /// <summary>The file that is read when the scenario is loaded; null for none.</summary>
    internal string? FileToRead => Links is null ? File : null;

    /// <summary>Whether the rule names every link before anybody joins.</summary>
    internal bool IsPlanned =>
        Rule is OverlayRuleName.Ring or OverlayRuleName.SmallWorld or OverlayRuleName.FromFile;

    /// <summary>The links among so many peers, divided by the peers: about how many each opens.</summary>
    internal int LinksForEach(int peers) => Rule switch
    {
        OverlayRuleName.TopHalf => (peers / 4) + 1,
        OverlayRuleName.Complete => peers / 2,
        OverlayRuleName.Ring => 1,
        OverlayRuleName.FromFile => ((Links?.Count ?? 0) / peers) + 1,
        _ => LinksPerJoin.Range is { } range ? (range.From + range.To + 1) / 2 : (peers / 4) + 1,
    };
}

internal sealed record RepairSettings
{
    [Description("Whether lost links are replaced. Without it a peer seeks its first links, and none afterwards.")]
    public bool Enabled { get; init; } = true;

    [Description(
        "A peer with fewer links than this opens new ones. Default: 2, or what linksPerJoin or the rule may leave a"
        + " peer with if that is less.")]
    [Range(1, 64)]
    public int MinDegree { get; init; } = 2;

    [Description("Pause between two attempts.")]
    [Range(10, 3_600_000)]
    public int IntervalMs { get; init; } = 1000;
}

internal enum OverlayRuleName
{
    PreferentialAttachment,
    TopHalf,
    ZipfRank,
    Uniform,
    Ring,
    SmallWorld,
    Complete,
    FromFile,
}
