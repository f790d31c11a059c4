using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>What the distributions of a scenario mean to the simulator.</summary>
internal static class NetworkModels
{
    /// <summary>A stream of its own: where nodes are shifts no other draw of the run.</summary>
    private const ulong PlacementStream = 0x706C616365730001UL;

    /// <summary>In the unit of the key that holds the settings. Draws of a normal one can be below 0.</summary>
    public static Distribution DistributionOf(DistributionSettings settings) => settings switch
    {
        ConstantSettings constant => new ConstantDistribution(constant.Value),
        UniformSettings uniform => new UniformDistribution(uniform.From, uniform.To),
        NormalSettings normal => new NormalDistribution(normal.Mean, normal.Sigma),
        LogNormalSettings logNormal => new LogNormalDistribution(logNormal.Median, logNormal.Sigma),
        ExponentialSettings exponential => new ExponentialDistribution(exponential.Mean),
        WeibullSettings weibull => new WeibullDistribution(weibull.Shape, weibull.Scale),
        ParetoSettings pareto => new ParetoDistribution(pareto.Shape, pareto.Scale),
        GammaSettings gamma => new GammaDistribution(gamma.Shape, gamma.Scale),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };

    /// <summary>What a slow node takes for each input; no draw is below zero.</summary>
    public static LatencyModel ProcessingDelayOf(DistributionSettings milliseconds) =>
        new DrawnLatency(DistributionOf(milliseconds)) { Shortest = TimeSpan.Zero };

    public static LatencyModel LatencyOf(Scenario scenario)
    {
        LatencySettings settings = scenario.Network.Latency;
        LatencyModel model = settings switch
        {
            MatrixLatencySettings matrix => MatrixOf(matrix, scenario),
            GeoLatencySettings geo => GeoOf(geo, scenario),
            _ => new DrawnLatency(DrawnFrom(settings)),
        };
        return model with
        {
            Shortest = TimeSpan.FromMilliseconds(settings.MinMs),
            JitterFraction = settings.JitterFraction,
        };
    }

    private static MatrixLatency MatrixOf(MatrixLatencySettings matrix, Scenario scenario) => new(
        PlacementOf(scenario, matrix.Regions, matrix.SeedNodeRegions),
        [.. matrix.LatencyMs.Select(row => row.ToArray())]);

    private static GeoLatency GeoOf(GeoLatencySettings geo, Scenario scenario)
    {
        double kmPerMs = geo.SpeedKmPerSecond / geo.PathStretch / 1000;
        ulong key = PlacementKey(scenario);
        if (geo.UniformOnSphere)
            return new GeoLatency(node => SpherePoint.Uniform(key, node), kmPerMs, geo.MinMs);

        SpherePoint[] points = [.. geo.Places.Select(at => SpherePoint.FromDegrees(at.Latitude, at.Longitude))];
        Placement placement = PlacementOf(scenario, geo.Places, geo.SeedNodePlaces);
        return new GeoLatency(node => points[placement.PlaceOf(node)], kmPerMs, geo.MinMs);
    }

    private static Placement PlacementOf(
        Scenario scenario, IReadOnlyList<WeightedPlace> places, IReadOnlyList<string> ofSeedNodes)
    {
        double[] weights = [.. places.Select(place => place.Weight)];
        List<string> names = [.. places.Select(place => place.Name)];
        int named = ofSeedNodes.Count == 0 ? 0 : scenario.SeedNodes.Count;
        int[] first =
        [
            .. Enumerable.Range(0, named).Select(node => names.IndexOf(ofSeedNodes[node % ofSeedNodes.Count])),
        ];
        return new Placement(PlacementKey(scenario), weights, first);
    }

    private static ulong PlacementKey(Scenario scenario) => Mix64.Of((ulong)scenario.RandomSeed, PlacementStream);

    private static Distribution DrawnFrom(LatencySettings settings) => settings switch
    {
        ConstantLatencySettings constant => new ConstantDistribution(constant.ValueMs),
        UniformLatencySettings uniform => new UniformDistribution(uniform.FromMs, uniform.ToMs),
        NormalLatencySettings normal => new NormalDistribution(normal.MeanMs, normal.SigmaMs),
        LogNormalLatencySettings logNormal => new LogNormalDistribution(logNormal.MedianMs, logNormal.Sigma),
        ExponentialLatencySettings exponential => new ExponentialDistribution(exponential.MeanMs),
        WeibullLatencySettings weibull => new WeibullDistribution(weibull.Shape, weibull.ScaleMs),
        ParetoLatencySettings pareto => new ParetoDistribution(pareto.Shape, pareto.ScaleMs),
        GammaLatencySettings gamma => new GammaDistribution(gamma.Shape, gamma.ScaleMs),
        EmpiricalLatencySettings empirical => new EmpiricalDistribution([.. empirical.SamplesMs]),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };
}
