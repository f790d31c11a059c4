using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// How the latency of each link comes about: drawn from a distribution, or from where its ends are. One way, in
/// milliseconds.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "distribution")]
[JsonDerivedType(typeof(ConstantLatencySettings), "constant")]
[JsonDerivedType(typeof(UniformLatencySettings), "uniform")]
[JsonDerivedType(typeof(NormalLatencySettings), "normal")]
[JsonDerivedType(typeof(LogNormalLatencySettings), "logNormal")]
[JsonDerivedType(typeof(ExponentialLatencySettings), "exponential")]
[JsonDerivedType(typeof(WeibullLatencySettings), "weibull")]
[JsonDerivedType(typeof(ParetoLatencySettings), "pareto")]
[JsonDerivedType(typeof(GammaLatencySettings), "gamma")]
[JsonDerivedType(typeof(EmpiricalLatencySettings), "empirical")]
[JsonDerivedType(typeof(MatrixLatencySettings), "matrix")]
[JsonDerivedType(typeof(GeoLatencySettings), "geo")]
internal abstract record LatencySettings
{
    /// <summary>What is longer the simulator would cut.</summary>
    public const double LargestMs = LatencyModel.LongestMs;

    /// <summary>One tick of the virtual clock.</summary>
    public const double SmallestMs = 0.001;

    [Description("No link is faster than this. A geo model adds it to what the distance takes.")]
    [Range(SmallestMs, LargestMs)]
    public double MinMs { get; init; } = 1;

    [Description("Each message is late by up to this share of its link's latency.")]
    [Range(0, 10)]
    public double JitterFraction { get; init; }

    /// <summary>A file beside the scenario file that holds what is not written here; null for none.</summary>
    internal virtual string? FileToRead => null;

    /// <summary>The same settings with the file's contents, standing for themselves.</summary>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="ScenarioException">Something in it is wrong.</exception>
    internal virtual LatencySettings Read(string text, string source) => this;
}

internal sealed record ConstantLatencySettings : LatencySettings
{
    [Description("The latency of every link.")]
    [Range(SmallestMs, LargestMs)]
    public required double ValueMs { get; init; }
}

internal sealed record UniformLatencySettings : LatencySettings
{
    [Description("The smallest latency.")]
    [Range(0, LargestMs)]
    public required double FromMs { get; init; }

    [Description("The largest latency.")]
    [Range(SmallestMs, LargestMs)]
    public required double ToMs { get; init; }
}

internal sealed record NormalLatencySettings : LatencySettings
{
    [Description("The mean.")]
    [Range(SmallestMs, LargestMs)]
    public required double MeanMs { get; init; }

    [Description("The standard deviation.")]
    [Range(0, LargestMs)]
    public required double SigmaMs { get; init; }
}

internal sealed record LogNormalLatencySettings : LatencySettings
{
    [Description("The median.")]
    [Range(SmallestMs, LargestMs)]
    public required double MedianMs { get; init; }

    [Description("Standard deviation of the natural logarithm.")]
    [Range(0, DistributionSettings.LargestLogSigma)]
    public required double Sigma { get; init; }
}

internal sealed record ExponentialLatencySettings : LatencySettings
{
    [Description("The mean.")]
    [Range(SmallestMs, LargestMs)]
    public required double MeanMs { get; init; }
}

internal sealed record WeibullLatencySettings : LatencySettings
{
    [Description("The shape k: below 1 a long tail.")]
    [Range(DistributionSettings.SmallestShape, DistributionSettings.LargestShape)]
    public required double Shape { get; init; }

    [Description("The scale.")]
    [Range(SmallestMs, LargestMs)]
    public required double ScaleMs { get; init; }
}

internal sealed record ParetoLatencySettings : LatencySettings
{
    [Description("The shape: the smaller, the heavier the tail.")]
    [Range(DistributionSettings.SmallestShape, DistributionSettings.LargestShape)]
    public required double Shape { get; init; }

    [Description("The scale, which is also the smallest value.")]
    [Range(SmallestMs, LargestMs)]
    public required double ScaleMs { get; init; }
}

internal sealed record GammaLatencySettings : LatencySettings
{
    [Description("The shape: 1 is exponential, a whole number that many exponential steps.")]
    [Range(DistributionSettings.SmallestShape, DistributionSettings.LargestGammaShape)]
    public required double Shape { get; init; }

    [Description("The scale; the mean is shape times scale.")]
    [Range(SmallestMs, LargestMs)]
    public required double ScaleMs { get; init; }
}

/// <summary>Measured latencies, from scenario or file; once loaded, always in <see cref="SamplesMs"/>.</summary>
internal sealed record EmpiricalLatencySettings : LatencySettings
{
    public const int MostSamples = 100_000;

    [Description("Measured latencies; each link draws one of them. Either this or file.")]
    [Range(0, LargestMs)]
    [MaxLength(MostSamples)]
    public IReadOnlyList<double> SamplesMs { get; init; } = [];

    [Description("A text file of measured latencies in milliseconds, one a line, beside the scenario file.")]
    public string? File { get; init; }

    internal override string? FileToRead => SamplesMs.Count == 0 ? File : null;

    internal override LatencySettings Read(string text, string source) =>
        this with { SamplesMs = LatencySamples.Parse(text, source), File = null };
}
