using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// The cells of a Latin hypercube along one of its parameters: each a mean with its interval. What the other parameters
/// do is the spread around the trend.
/// </summary>
public static class SweepScatterFigure
{
    private static readonly SeriesStyle style = new(PaletteColor.Blue);

    /// <param name="name">Of the figure's file.</param>
    /// <param name="metric">What is measured, with the unit.</param>
    public static Figure Create(
        string name, string metric, Axis parameter, IReadOnlyList<RepeatPoint> cells, string caption) => new()
    {
        Name = name,
        Title = SweepCurveFigure.Title(metric, parameter.Label, other: null),
        Subtitle = Say($"{Count(cells.Count, "cell", "cells")} of a Latin hypercube: mean over the repeats of each, ")
            + "and its 95 % confidence interval",
        Caption = caption,
        Panel = new Panel
        {
            X = parameter,
            Y = new Axis(metric),
            Series =
            [
                new SegmentSeries(
                    "95 % confidence interval", style,
                    [
                        .. cells.Where(cell => cell.Mean.HalfWidth > 0).Select(cell => new Segment(
                            new PlotPoint(cell.X, cell.Mean.Low!.Value), new PlotPoint(cell.X, cell.Mean.High!.Value))),
                    ],
                    Opacity: 0.5),
                new PointSeries(
                    "mean of a cell", style, [.. cells.Select(cell => new PlotPoint(cell.X, cell.Mean.Mean))]),
            ],
        },
    };
}
