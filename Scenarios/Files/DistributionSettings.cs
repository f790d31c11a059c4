using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>A distribution of times. The key that holds it names the unit of all its parameters.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "distribution")]
[JsonDerivedType(typeof(ConstantSettings), "constant")]
[JsonDerivedType(typeof(UniformSettings), "uniform")]
[JsonDerivedType(typeof(NormalSettings), "normal")]
[JsonDerivedType(typeof(LogNormalSettings), "logNormal")]
[JsonDerivedType(typeof(ExponentialSettings), "exponential")]
[JsonDerivedType(typeof(WeibullSettings), "weibull")]
[JsonDerivedType(typeof(ParetoSettings), "pareto")]
[JsonDerivedType(typeof(GammaSettings), "gamma")]
internal abstract record DistributionSettings
{
    /// <summary>In seconds three weeks, as long as a fault may last.</summary>
    public const double Largest = ScheduledFault.LongestSeconds;

    public const double Smallest = 0.001;

    /// <summary>Our choice: with smaller shapes draws lie hundreds of orders of magnitude apart.</summary>
    public const double SmallestShape = 0.05;

    /// <summary>Our choice: with larger shapes nearly all draws are equal, as with a constant.</summary>
    public const double LargestShape = 100;

    /// <summary>The same for a gamma distribution, which narrows as the root of its shape.</summary>
    public const double LargestGammaShape = 1000;

    /// <summary>Our choice: one standard deviation is then a factor of 22,000.</summary>
    public const double LargestLogSigma = 10;
}

internal sealed record ConstantSettings : DistributionSettings
{
    [Description("The value of every draw.")]
    [Range(0, Largest)]
    public required double Value { get; init; }
}

internal sealed record UniformSettings : DistributionSettings
{
    [Description("The smallest value.")]
    [Range(0, Largest)]
    public required double From { get; init; }

    [Description("The largest value.")]
    [Range(0, Largest)]
    public required double To { get; init; }
}

internal sealed record NormalSettings : DistributionSettings
{
    [Description("The mean. Draws below 0 count as 0.")]
    [Range(0, Largest)]
    public required double Mean { get; init; }

    [Description("The standard deviation.")]
    [Range(0, Largest)]
    public required double Sigma { get; init; }
}

internal sealed record LogNormalSettings : DistributionSettings
{
    [Description("The median.")]
    [Range(Smallest, Largest)]
    public required double Median { get; init; }

    [Description("Standard deviation of the natural logarithm.")]
    [Range(0, LargestLogSigma)]
    public required double Sigma { get; init; }
}

internal sealed record ExponentialSettings : DistributionSettings
{
    [Description("The mean.")]
    [Range(Smallest, Largest)]
    public required double Mean { get; init; }
}

internal sealed record WeibullSettings : DistributionSettings
{
    [Description("The shape k: below 1 a long tail.")]
    [Range(SmallestShape, LargestShape)]
    public required double Shape { get; init; }

    [Description("The scale.")]
    [Range(Smallest, Largest)]
    public required double Scale { get; init; }
}

internal sealed record ParetoSettings : DistributionSettings
{
    [Description("The shape: the smaller, the heavier the tail; at 1 and below there is no mean.")]
    [Range(SmallestShape, LargestShape)]
    public required double Shape { get; init; }

    [Description("The scale, which is also the smallest value.")]
    [Range(Smallest, Largest)]
    public required double Scale { get; init; }
}

internal sealed record GammaSettings : DistributionSettings
{
    [Description("The shape: 1 is exponential, a whole number that many exponential steps.")]
    [Range(SmallestShape, LargestGammaShape)]
    public required double Shape { get; init; }

    [Description("The scale; the mean is shape times scale.")]
    [Range(Smallest, Largest)]
    public required double Scale { get; init; }
}
