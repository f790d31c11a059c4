using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Regions and the one-way latencies from each to each, from scenario or file; once loaded, always in
/// <see cref="Regions"/> and <see cref="LatencyMs"/>. Which nodes are where follows from the random seed alone.
/// </summary>
internal sealed record MatrixLatencySettings : LatencySettings
{
    /// <summary>The effective scenario of so many is below 3 MB.</summary>
    public const int MostRegions = 300;

    [Description("The regions that nodes are in. With a file they only give its regions weights.")]
    [MaxLength(MostRegions)]
    public IReadOnlyList<RegionSettings> Regions { get; init; } = [];

    [Description("One row a region, in their order: one-way latencies from it to each region. Either this or file.")]
    [Range(0, LargestMs)]
    [MaxLength(MostRegions)]
    public IReadOnlyList<IReadOnlyList<double>> LatencyMs { get; init; } = [];

    [Description("A CSV file beside the scenario file: a line of region names, then one line of latencies for each.")]
    public string? File { get; init; }

    [Description("The regions of the seed nodes, in turn. Default: drawn by weight, as for peers.")]
    [MaxLength(MostRegions)]
    public IReadOnlyList<string> SeedNodeRegions { get; init; } = [];

    internal override string? FileToRead => LatencyMs.Count == 0 ? File : null;

    internal override LatencySettings Read(string text, string source)
    {
        var (regions, rows) = MatrixFile.Parse(CsvTable.Parse(text, source), Regions);
        return this with { Regions = regions, LatencyMs = rows, File = null };
    }
}

internal sealed record RegionSettings : WeightedPlace;
