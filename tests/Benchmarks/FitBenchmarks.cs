using BenchmarkDotNet.Attributes;
using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>What the degrees of an overlay cost to judge.</summary>
public class FitBenchmarks
{
    private const double Alpha = 2.5;
    private const double Xmin = 3;

    private int[] degrees = [];

    [Params(1_000, 100_000, 1_000_000)]
    public int Peers { get; set; }

    /// <summary>
    /// Of a power law, by rounding the continuous one (Clauset, Shalizi and Newman 2009, equation D.6).
    /// </summary>
    [GlobalSetup]
    public void Draw()
    {
        var random = new NodeRandom(1);
        degrees = new int[Peers];
        foreach (ref var degree in degrees.AsSpan())
            degree = (int)Math.Min(1e6, ((Xmin - 0.5) * Math.Pow(random.NextUnit(), -1 / (Alpha - 1))) + 0.5);
    }

    /// <summary>Fit, distance and all rivals, without the p-value.</summary>
    [Benchmark]
    public double? Fit() => PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 0 }).Alpha;

    /// <summary>The same, and 100 replicates on one thread.</summary>
    [Benchmark]
    public double? FitAndBootstrap() => PowerLaw.Analyze(
        degrees,
        new PowerLawOptions { Replicates = 100, Resamples = 0, PowerDataSets = 0, Threads = 1 }).PValue;

    /// <summary>All that <c>analyze degrees</c> does: 1000 replicates, resamples and power, on all processors.
    /// </summary>
    [Benchmark]
    public double? Everything() => PowerLaw.Analyze(degrees, new PowerLawOptions()).PValue;
}
