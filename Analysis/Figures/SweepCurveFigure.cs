using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// How a figure of repeated runs depends on a parameter: a curve of means for each value of another parameter, with the
/// band of the interval in which each mean lies.
/// </summary>
public static class SweepCurveFigure
{
    /// <summary>More curves cannot be told apart.</summary>
    public const int MostCurves = 6;

    private static readonly SeriesStyle[] styles =
    [
        new(PaletteColor.Blue, LineDash.Solid, MarkShape.Circle),
        new(PaletteColor.Vermillion, LineDash.Dashed, MarkShape.Square),
        new(PaletteColor.Green, LineDash.DashDotted, MarkShape.Triangle),
        new(PaletteColor.Purple, LineDash.Dotted, MarkShape.Diamond),
        new(PaletteColor.Orange, LineDash.Solid, MarkShape.Square),
        new(PaletteColor.Sky, LineDash.Dashed, MarkShape.Circle),
    ];

    /// <param name="name">Of the figure's file.</param>
    /// <param name="metric">What is measured, with the unit.</param>
    /// <param name="parameter">The axis of the parameter; with words as values it has them as rows.</param>
    /// <param name="curves">At most <see cref="MostCurves"/> are drawn, evenly spaced among all.</param>
    /// <param name="caption">What the figure is a mean over.</param>
    public static Figure Create(
        string name, string metric, Axis parameter, string? curvesAre, IReadOnlyList<RepeatCurve> curves,
        string caption)
    {
        var drawn = Spaced(curves);
        return new Figure
        {
            Name = name,
            Title = Title(metric, parameter.Label, curvesAre),
            Subtitle = "Mean over repeats with equal random seeds in each cell, with its 95 % confidence interval",
            Caption = caption + (drawn.Count < curves.Count
                ? Say($" Of {curves.Count} curves {drawn.Count} are drawn.")
                : ""),
            Panel = new Panel
            {
                X = parameter,
                Y = new Axis(metric) { Minimum = IsNearZero(drawn) ? 0 : null },
                Series = [.. drawn.SelectMany((curve, index) => Draw(curve, styles[index % styles.Length]))],
            },
        };
    }

    internal static string Title(string metric, string parameter, string? other) => other is null
        ? Say($"{Start(metric)} by {parameter}")
        : Say($"{Start(metric)} by {parameter} and {other}");

    private static string Start(string words) =>
        words.Length > 0 && !words.Contains('.') ? char.ToUpperInvariant(words[0]) + words[1..] : words;

    private static IReadOnlyList<RepeatCurve> Spaced(IReadOnlyList<RepeatCurve> curves) =>
        curves.Count <= MostCurves
            ? curves
            : [.. Enumerable.Range(0, MostCurves).Select(i => curves[i * (curves.Count - 1) / (MostCurves - 1)])];

    /// <summary>A scale that begins at 0 shows how large a difference is; where all is far from 0 it would hide it.
    /// </summary>
    private static bool IsNearZero(IReadOnlyList<RepeatCurve> curves)
    {
        double[] means = [.. curves.SelectMany(curve => curve.Points).Select(point => point.Mean.Mean)];
        return means.Length > 0 && means.Min() >= 0 && means.Min() <= means.Max() / 2 && means.Max() > 0;
    }

    private static IEnumerable<Series> Draw(RepeatCurve curve, SeriesStyle style)
    {
        yield return new RibbonSeries(
            null, style,
            [
                .. curve.Points.Select(point => new BandPoint(
                    point.X, point.Mean.Low ?? point.Mean.Mean, point.Mean.High ?? point.Mean.Mean)),
            ]);
        PlotPoint[] means = [.. curve.Points.Select(point => new PlotPoint(point.X, point.Mean.Mean))];
        yield return new LineSeries(curve.Label ?? "mean", style, means);
        yield return new PointSeries(null, style, means);
    }
}
