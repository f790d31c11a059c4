using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>A figure and its drawing.</summary>
internal sealed record DrawnFigure(Figure Figure, string Svg);

/// <summary>Composes the figures of a run from its measurements, and draws them.</summary>
internal static class FigureSet
{
    public static IReadOnlyList<DrawnFigure> Draw(RunResult result, IReadOnlyList<PlotKind> kinds)
    {
        var drawn = new List<DrawnFigure>();
        foreach (var kind in kinds.Distinct())
        {
            if (Compose(result, kind) is { } figure) drawn.Add(new DrawnFigure(figure, SvgFigureWriter.Write(figure)));
        }

        foreach (var figure in Metrics(result)) drawn.Add(new DrawnFigure(figure, SvgFigureWriter.Write(figure)));
        return drawn;
    }

    private static IEnumerable<Figure> Metrics(RunResult result) =>
        result.Measurements.Record.Metrics is not { } metrics ? [] : metrics.Series.Select(series =>
            MetricOverTimeFigure.Create(series.Metric.Name, series.Metric.Label, series.Samples, metrics.Marks));

    private static Figure? Compose(RunResult result, PlotKind kind) => kind switch
    {
        // The others are about our gossip and our detection.
        not (PlotKind.DegreeDistribution or PlotKind.Robustness) when result.Facts.Protocol is not null => null,
        PlotKind.DegreeDistribution => Degrees(result),
        PlotKind.PropagationLatency => PropagationLatency(result),
        PlotKind.CoverageOverTime => CoverageOverTimeFigure.Create(Coverage(result.Measurements)),
        PlotKind.Robustness => RobustnessOfOverlay(result),
        PlotKind.DetectionTimeline => DetectionTimelineFigure.Create(Timelines(result.Measurements)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Figure? Degrees(RunResult result)
    {
        if (result.Measurements.PowerLaw is not { } fit) return null;
        var overlay = result.Measurements.EndOverlay;
        return DegreeDistributionFigure.Create(
            overlay.Degrees, fit,
            $"{result.Facts.Scenario}: {Numbers.Count(overlay.Peers.Count)} live peers at the end");
    }

    private static Figure? RobustnessOfOverlay(RunResult result) =>
        result.Measurements.Robustness is not { } curves ? null : RobustnessFigure.Create(
            curves, $"{result.Facts.Scenario}: {Numbers.Count(result.Measurements.EndOverlay.Peers.Count)} live peers "
                + $"at the end, {result.Facts.RuntimeName}, random seed {result.Facts.RandomSeed}");

    private static Figure PropagationLatency(RunResult result)
    {
        var figure = PropagationLatencyFigure.Create(Latencies(result));
        return result.Ending.SimulatedLatenciesMs is not { Count: > 0 } ? figure : figure with
        {
            Caption = figure.Caption + (result.Facts.EmulatesLatency ? SameModel : MeasuredLatencies),
        };
    }

    private const string MeasuredLatencies =
        " The simulator draws the time of each crossing from all crossings that TCP took, each by itself; on one "
        + "machine a flood's first hops find idle processors and its last ones queue, so the curves differ.";

    private const string SameModel =
        " In both, each link is as long as the scenario's latency model says; on TCP what the machine takes is on top.";

    private static List<LatencySample> Latencies(RunResult result)
    {
        var onTcp = result.Facts.RuntimeName == "tcp";
        var samples = new List<LatencySample>
        {
            Sample(onTcp ? "real TCP" : "simulated", result.Measurements.LatenciesMs),
        };
        if (result.Ending.SimulatedLatenciesMs is { Count: > 0 } simulated)
        {
            var links = result.Facts.EmulatesLatency ? "same model" : "measured latencies";
            samples.Add(new LatencySample($"simulated, {links}", simulated));
        }

        return samples;
    }

    private static LatencySample Sample(string name, double[] milliseconds) =>
        milliseconds.Length <= Thinning.MostPoints
            ? new LatencySample(name, milliseconds)
            : new LatencySample(
                $"{name}, drawn from {Numbers.Count(milliseconds.Length)}", Thinning.ByRank(milliseconds));

    private static List<CoverageGroup> Coverage(RunMeasurements measurements)
    {
        var meter = new CoverageMeter(measurements.Record, measurements.EndOverlay);
        // Enough points for the curve of each message, however many messages there are.
        var most = Math.Max(1_000, Thinning.MostPoints / Math.Max(1, measurements.Messages.Count));
        List<MessageSpread> Spreads(Func<MessageMeasure, bool> chosen) =>
        [
            .. measurements.Messages.Where(m => !m.LostWithOrigin && chosen(m))
                .Select(m => Thinning.Of(meter.Spread(m.Message), most)),
        ];

        if (measurements.Crashes.Count == 0) return [new CoverageGroup("all messages", Spreads(_ => true))];
        var crash = measurements.Crashes[0].AtSeconds;
        return
        [
            new CoverageGroup("before the first crash", Spreads(m => m.PublishedSeconds < crash)),
            new CoverageGroup("after the first crash", Spreads(m => m.PublishedSeconds >= crash)),
        ];
    }

    private static List<CrashTimeline> Timelines(RunMeasurements measurements) =>
        [.. measurements.Crashes.Select(c => new CrashTimeline(
            c.Crash.Address.ToString(), c.AtSeconds, c.AtSeconds + (c.ToSuspicionMs / 1000),
            c.AtSeconds + (c.ToReportMs / 1000),
            [.. c.Removals.Select(r => new SeedNodeRemoval(r.SeedNode, c.AtSeconds + (r.AfterMs / 1000)))]))];
}
