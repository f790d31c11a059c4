using GossipSim.Analysis;
using GossipSim.Tests.Analysis.Graphs;

namespace GossipSim.Tests.Analysis.Figures;

/// <summary>One of each ready-made figure, full and empty.</summary>
internal static class Samples
{
    public static readonly string[] Names =
    [
        "degrees", "few degrees", "no degrees", "latency", "long latency", "no latency", "coverage", "no coverage",
        "detection", "many detections", "no detection", "robustness", "robustness of one",
    ];

    public static Figure Figure(string name) => name switch
    {
        "degrees" => Degrees(OpenCase.Values("ba-m2-n8000.txt")),
        "few degrees" => Degrees([1, 1, 2, 1, 3, 9]),
        "no degrees" => Degrees([0, 0]),
        "latency" => PropagationLatencyFigure.Create([Latency("measured on TCP", 4), Latency("simulated", 3.1)]),
        "long latency" => PropagationLatencyFigure.Create(
            [new LatencySample("measured", [0.4, 1, 2, 3, 900, 41_000])]),
        "no latency" => PropagationLatencyFigure.Create([new LatencySample("measured on TCP", [])]),
        "coverage" => CoverageOverTimeFigure.Create([Spread("before the crash", 60, 3), Spread("after it", 45, 5)]),
        "no coverage" => CoverageOverTimeFigure.Create([]),
        "detection" => DetectionTimelineFigure.Create([Crash(0)]),
        "many detections" => DetectionTimelineFigure.Create([.. Enumerable.Range(0, 40).Select(Crash)]),
        "no detection" => DetectionTimelineFigure.Create([]),
        "robustness" => Robust(SampleGraphs.Grown(300, 1)),
        "robustness of one" => Robust(Graph.Of(1, [])),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such figure."),
    };

    private static Figure Degrees(int[] degrees) => DegreeDistributionFigure.Create(
        degrees, PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 40 }), "a <generated> overlay & more");

    private static Figure Robust(Graph graph) =>
        RobustnessFigure.Create(Robustness.Of(graph, threads: 1)!, "a <grown> overlay & more");

    /// <summary>Quantiles of an exponential law above a floor: the shape of a flood.</summary>
    private static LatencySample Latency(string name, double scale) => new(name, Delays(800, scale));

    private static double[] Delays(int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(i => 0.8 - scale * Math.Log(1 - (i + 0.5) / count))];

    private static CoverageGroup Spread(string name, int reached, double scale) => new(
        name, [.. Enumerable.Range(1, 20).Select(i => new MessageSpread(Delays(reached, scale * (1 + i / 30.0)), 60))]);

    private static CrashTimeline Crash(int index)
    {
        double at = 20 + 1.5 * index;
        return new CrashTimeline(
            $"127.0.0.1:{9000 + index}", at, at + 3.6, index == 2 ? null : at + 4.9,
            index == 3 ? [] : [new("127.0.0.1:7000", at + 6.4), new("127.0.0.1:7001", at + 6.5 + index * 0.01)]);
    }
}
