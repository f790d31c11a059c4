using System.Globalization;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>How long things took, for the full-size attacks to assert and for all to tell.</summary>
internal sealed class Quantiles(IEnumerable<double> milliseconds)
{
    private readonly double[] sorted = [.. milliseconds.Order()];

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double Max => At(1);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{sorted.Length} answers, p50 {P50:F1}, p99 {P99:F1}, max {Max:F1} ms");

    /// <summary>The smallest that is no less than that share of all.</summary>
    private double At(double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
