using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Places on Earth; the latency of a link is its great circle times pathStretch over the speed, plus minMs. Places come
/// from scenario or file; once loaded, always in <see cref="Places"/>.
/// </summary>
internal sealed record GeoLatencySettings : LatencySettings
{
    /// <summary>
    /// Two thirds of the speed of light, as through the glass of a fibre (Percacci and Vespignani, Eur. Phys. J. B 32,
    /// 2003).
    /// </summary>
    public const double FibreKmPerSecond = 199_862;

    /// <summary>
    /// With it messages cover 4/9 of what light would, the bound that hardly any measured path beats (Katz-Bassett and
    /// others, "Towards IP geolocation using delay and topology measurements", IMC 2006).
    /// </summary>
    public const double UsualStretch = 1.5;

    /// <summary>The effective scenario of so many is below 3 MB.</summary>
    public const int MostPlaces = 10_000;

    [Description("Where nodes can be. One of this, file and uniformOnSphere.")]
    [MaxLength(MostPlaces)]
    public IReadOnlyList<GeoPlaceSettings> Places { get; init; } = [];

    [Description("A CSV file beside the scenario file with the columns name, latitude, longitude and maybe weight.")]
    public string? File { get; init; }

    [Description("Whether nodes are anywhere on Earth, sea and land alike.")]
    public bool UniformOnSphere { get; init; }

    [Description("The speed in the cable. The default is two thirds of the speed of light.")]
    [Range(1, 299_792.458)]
    public double SpeedKmPerSecond { get; init; } = FibreKmPerSecond;

    [Description("How much longer cables are than the great circle between their ends.")]
    [Range(1, 100)]
    public double PathStretch { get; init; } = UsualStretch;

    [Description("The places of the seed nodes, in turn. Default: drawn by weight, as for peers.")]
    [MaxLength(MostPlaces)]
    public IReadOnlyList<string> SeedNodePlaces { get; init; } = [];

    internal override string? FileToRead => Places.Count == 0 && !UniformOnSphere ? File : null;

    internal override LatencySettings Read(string text, string source) =>
        this with { Places = PlaceFile.Parse(CsvTable.Parse(text, source)), File = null };
}

internal sealed record GeoPlaceSettings : WeightedPlace
{
    [Description("Degrees north of the equator.")]
    [Range(-90, 90)]
    public required double Latitude { get; init; }

    [Description("Degrees east of Greenwich.")]
    [Range(-180, 180)]
    public required double Longitude { get; init; }
}
