using MathNet.Numerics.Distributions;

namespace GossipSim.Tests.Engine;

/// <summary>The test of Kolmogorov and Smirnov: how far a sample's distribution function is from a known one.</summary>
internal static class KolmogorovSmirnov
{
    public static double Distance(IEnumerable<double> sample, IContinuousDistribution known)
    {
        var sorted = sample.Order().ToArray();
        return sorted.Select((value, index) =>
        {
            var share = known.CumulativeDistribution(value);
            return Math.Max(share - ((double)index / sorted.Length), ((index + 1.0) / sorted.Length) - share);
        }).Max();
    }

    /// <summary>What one sample in a thousand exceeds, if it is from the distribution and is large.</summary>
    public static double Critical(int size) => 1.9495 / Math.Sqrt(size);
}
