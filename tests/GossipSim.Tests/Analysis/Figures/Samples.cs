using GossipSim.Analysis;
using GossipSim.Tests.Analysis.Graphs;

namespace GossipSim.Tests.Analysis.Figures;

/// <summary>One of each ready-made figure, full and empty.</summary>
internal static class Samples
{
    public static readonly string[] Names =
    [
        "degrees", "few degrees", "no degrees", "latency", "long latency",
        "latency of some decades", "no latency", "coverage", "no coverage",
        "detection", "many detections", "no detection", "hops", "no hops", "latency by hop", "no latency by hop",
        "course", "long course", "no course",
        "stages", "many stages",
        "overhead", "drawing", "large drawing", "space and time", "robustness", "robustness of one",
        "differences", "no differences",
        "sweep", "many curves", "no sweep", "map", "large map", "no map", "hypercube",
    ];

    /// <summary>As pages hold them: without words, and for phones.</summary>
    public static readonly FigureDress[] Dresses = Enum.GetValues<FigureDress>();

    public static Figure Figure(string name) => name switch
    {
        "degrees" => Degrees(OpenCase.Values("ba-m2-n8000.txt")),
        "few degrees" => Degrees([1, 1, 2, 1, 3, 9]),
        "no degrees" => Degrees([0, 0]),
        "latency" => PropagationLatencyFigure.Create([Latency("measured on TCP", 4), Latency("simulated", 3.1)]),
        "long latency" => PropagationLatencyFigure.Create(
            [new LatencySample("measured", [0.4, 1, 2, 3, 900, 41_000])]),
        "latency of some decades" => PropagationLatencyFigure.Create(
            [new LatencySample("measured", [12, 30, 60, 100, 110, 120, 800, 5_000])]),
        "no latency" => PropagationLatencyFigure.Create([new LatencySample("measured on TCP", [])]),
        "coverage" => CoverageOverTimeFigure.Create([Spread("before the crash", 60, 3), Spread("after it", 45, 5)]),
        "no coverage" => CoverageOverTimeFigure.Create([]),
        "detection" => DetectionTimelineFigure.Create([Crash(0)]),
        "many detections" => DetectionTimelineFigure.Create([.. Enumerable.Range(0, 40).Select(Crash)]),
        "no detection" => DetectionTimelineFigure.Create([]),
        "robustness" => Robust(SampleGraphs.Grown(300, 1)),
        "robustness of one" => Robust(Graph.Of(1, [])),
        "differences" => Differences(
            ("gossip.latencyMs.p99", 40, 30, 4), ("detection.timeToRemovalMs.max", 4000, 4010, 90),
            ("gossip.recovered", 0.1, 3, 5), ("membership.changes", 0, 2, 3), ("overlay.degreeMean", 6, 6, 0)),
        "no differences" => Differences(("overlay.degreeMean", 6, 6, 0)),
        "hops" => HopFigure.Create([.. Hops.Select(hop => new HopReceipts(hop.Hops, hop.Receipts))], [5, 6, 6, 4]),
        "no hops" => HopFigure.Create([], []),
        "latency by hop" => LatencyByHopFigure.Create(Hops),
        "no latency by hop" => LatencyByHopFigure.Create([]),
        "course" => Course(messages: 200, marks: 2),
        "long course" => Course(messages: 3000, marks: 60),
        "no course" => ScenarioCourseFigure.Create([], [], [], 30),
        "stages" => DetectionStagesFigure.Create([Stages(0)], StageNames),
        "many stages" => DetectionStagesFigure.Create([.. Enumerable.Range(0, 40).Select(Stages)], StageNames),
        "overhead" => OverheadFigure.Create(
            [new("GOSSIP", 38.2, 7300.5), new("PING", 5.1, 250), new("DEAD_NODE", 0.0002, 0.05), new("OWN", 1, null)]),
        "drawing" => Drawing(30),
        "large drawing" => Drawing(400),
        "space and time" => SpaceTimeFigure.Create(
            "1767225600.5:127.0.0.1:7000:1", "the median one by how long it took", 0,
            [.. Enumerable.Range(1, 80).Select(i => new DrawnReceipt(i, i / 3, 3.5 * i, 1 + i / 20))], 40),
        "sweep" => Sweep(curves: 2, points: 5),
        "many curves" => Sweep(curves: 11, points: 3),
        "no sweep" => Sweep(curves: 1, points: 0),
        "map" => Map(columns: 4, rows: 3),
        "large map" => Map(columns: 30, rows: 12),
        "no map" => Map(columns: 0, rows: 0),
        "hypercube" => SweepScatterFigure.Create(
            "scatter", "latency (ms)", new Axis("peers"),
            [.. Enumerable.Range(1, 30).Select(i => new RepeatPoint(i, Repeats(i)))], "3 runs in each cell."),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such figure."),
    };

    private static readonly string[] StageNames =
        [.. Enumerable.Range(1, 8).Select(i => $"until step {i} of the long way was over")];

    private static readonly HopLatency[] Hops =
        [.. Enumerable.Range(1, 6).Select(i => new HopLatency(i, 10 + 7 * i, [18 * i, 20 * i, 26 * i], 40 * i))];

    private static MeanInterval Repeats(int place) => MeanInterval.Of([90.5 * place, 100 * place, 104 * place]);

    private static Figure Sweep(int curves, int points) => SweepCurveFigure.Create(
        "sweep", "time until <removal> & more (ms)", new Axis("ping interval (ms)") { Scale = AxisScale.Logarithmic },
        curves > 1 ? "loss" : null,
        [
            .. Enumerable.Range(1, curves).Select(curve => new RepeatCurve(
                curves > 1 ? $"loss 0.0{curve}" : null,
                [.. Enumerable.Range(1, points).Select(i => new RepeatPoint(100 * i, Repeats(i + curve)))])),
        ],
        "3 runs in each cell.");

    private static Figure Map(int columns, int rows) => HeatMapFigure.Create(
        "map", "time until <removal> & more (ms)",
        ("ping interval (ms)", [.. Enumerable.Range(1, columns).Select(i => $"{50 * i}")]),
        ("loss", [.. Enumerable.Range(1, rows).Select(i => $"0.0{i}")]),
        [
            .. Enumerable.Range(0, columns * rows).Select(i => (i % columns, i / columns, Repeats(i + 1))),
        ],
        "3 runs in each cell.");

    private static CrashStages Stages(int index) => new(
        $"127.0.0.1:{9000 + index}", 20 + index,
        [.. StageNames.Where((_, i) => i != index % 8).Select((name, i) => (name, 120.5 * (i + 1 + index)))]);

    private static Figure Course(int messages, int marks) => ScenarioCourseFigure.Create(
        [
            .. Enumerable.Range(0, messages).Select(i => new CourseMessage(
                90.0 * i / messages, i % 7 == 0 ? 0.6 : 1, 1, i % 5 == 0 ? null : 40 + i % 9, 70 + i % 11)),
        ],
        [.. Enumerable.Range(0, 30).Select(i => new MemberSample(3 * i, 100 - i, 100 - i / 2, 100 - i / 3))],
        [.. Enumerable.Range(0, marks).Select(i => (10 + 1.1 * i, i % 2 == 0 ? "partition" : "partition over"))], 95);

    private static Figure Drawing(int peers) => OverlayFigure.Create(
        [.. Enumerable.Range(0, peers).Select(i => new DrawnPeer($"127.0.0.1:{7000 + i}", i == 1, 40 / (i + 1)))],
        [.. Enumerable.Range(1, peers - 1).SelectMany(i => new[] { (A: i, B: i / 2), (A: i, B: i / 5) })
            .Distinct()]);

    private static Figure Degrees(int[] degrees) => DegreeDistributionFigure.Create(
        degrees, PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 40 }), "a <generated> overlay & more");

    public static Figure Differences(params (string Name, double A, double B, double HalfWidth)[] metrics) =>
        DifferenceFigure.Create(
            "before.json", "after.json liveness.pingIntervalMs=500",
            [.. metrics.Select(each => new ComparedMetric(each.Name, Difference(each.A, each.B, each.HalfWidth)))],
            "20 pairs", "1 difference shown.");

    private static MeanDifference Difference(double a, double b, double halfWidth) => new(
        a, b, b - a, halfWidth, IsPaired: true,
        a == b ? DifferenceVerdict.Identical
            : Math.Abs(b - a) <= halfWidth ? DifferenceVerdict.NoDifferenceShown
            : b < a ? DifferenceVerdict.BIsSmaller : DifferenceVerdict.BIsLarger);

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
