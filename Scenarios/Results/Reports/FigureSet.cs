using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Composes the figures of a run from its measurements. A run without data for a figure has no such figure: without
/// crashes there is no timeline.
/// </summary>
internal static class FigureSet
{
    public static IReadOnlyList<Figure> Compose(RunResult result, IReadOnlyList<PlotKind> kinds)
    {
        var figures = kinds.Distinct().Select(kind => Compose(result, kind)).OfType<Figure>().Concat(Metrics(result));
        var source = RunInWords.Source(result);
        return [.. figures.Select(figure => figure with { Source = source })];
    }

    private static IEnumerable<Figure> Metrics(RunResult result)
    {
        var record = result.Measurements.Record;
        return record.Metrics is not { } metrics ? [] : metrics.Series.Select(series => MetricOverTimeFigure.Create(
            series.Metric.Name, series.Metric.Label, series.Samples, record.Course.Marks));
    }

    private static Figure? Compose(RunResult result, PlotKind kind) => kind switch
    {
        // The others are about our gossip and our detection.
        not (PlotKind.DegreeDistribution or PlotKind.Robustness or PlotKind.OverlayDrawing or PlotKind.OverheadByKind)
            when result.Facts.Protocol is not null => null,
        PlotKind.DegreeDistribution => Degrees(result),
        PlotKind.Robustness => RobustnessOfOverlay(result),
        PlotKind.OverlayDrawing => OverlayDrawing.Compose(result),
        PlotKind.PropagationLatency => LatencyFigures.All(result),
        PlotKind.LatencyByPhase => LatencyFigures.ByPhase(result.Measurements),
        PlotKind.CoverageOverTime => Coverage(result.Measurements),
        PlotKind.HopHistogram => LatencyFigures.Hops(result.Measurements),
        PlotKind.LatencyByHop => LatencyFigures.ByHop(result.Measurements),
        PlotKind.ScenarioCourse => CourseFigures.Compose(result.Measurements),
        PlotKind.SpaceTime => SpaceTimeDrawing.Compose(result.Measurements),
        PlotKind.DetectionTimeline => DetectionFigures.Timeline(result.Measurements),
        PlotKind.DetectionStages => DetectionFigures.Stages(result.Measurements),
        PlotKind.OverheadByKind => Overhead(result),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Figure? Degrees(RunResult result)
    {
        if (result.Measurements.PowerLaw is not { } fit) return null;
        var overlay = result.Measurements.EndOverlay;
        if (overlay.Peers.Count == 0) return null;
        return DegreeDistributionFigure.Create(
            overlay.Degrees, fit,
            $"{result.Facts.Scenario}: {Numbers.Count(overlay.Peers.Count)} live peers at the end");
    }

    private static Figure? RobustnessOfOverlay(RunResult result) =>
        result.Measurements.Robustness is not { } curves ? null : RobustnessFigure.Create(
            curves, $"{result.Facts.Scenario}: {Numbers.Count(result.Measurements.EndOverlay.Peers.Count)} live peers "
                + "at the end");

    private static Figure? Coverage(RunMeasurements measurements)
    {
        if (!measurements.Messages.Any(m => !m.LostWithOrigin)) return null;
        var meter = new CoverageMeter(measurements.Record, measurements.EndOverlay);
        // Enough points for the curve of each message, however many messages there are.
        var most = Math.Max(1_000, Thinning.MostPoints / Math.Max(1, measurements.Messages.Count));
        List<MessageSpread> Spreads(Func<MessageMeasure, bool> chosen) =>
        [
            .. measurements.Messages.Where(m => !m.LostWithOrigin && chosen(m))
                .Select(m => Thinning.Of(meter.Spread(m.Message), most)),
        ];

        if (measurements.Crashes.Count == 0)
            return CoverageOverTimeFigure.Create([new CoverageGroup("all messages", Spreads(_ => true))]);
        var crash = measurements.Crashes[0].AtSeconds;
        return CoverageOverTimeFigure.Create(
        [
            new CoverageGroup("before the first crash", Spreads(m => m.PublishedSeconds < crash)),
            new CoverageGroup("after the first crash", Spreads(m => m.PublishedSeconds >= crash)),
        ]);
    }

    private static Figure? Overhead(RunResult result)
    {
        if (result.Summary.Overhead is not { MessagesPerPeerSecond: > 0 } overhead) return null;
        return OverheadFigure.Create(
            [.. overhead.Kinds.Select(kind => new KindOverhead(
                kind.Kind, kind.PerPeerSecond ?? 0, kind.BytesPerPeerSecond))]);
    }
}
