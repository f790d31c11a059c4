using System.Globalization;
using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>A figure of repeated runs for every combination of two parameters.</summary>
public static class HeatMapFigure
{
    private const double RowHeight = 52;

    /// <param name="name">Of the figure's file.</param>
    /// <param name="metric">What is measured, with the unit.</param>
    /// <param name="columns">The values of the first parameter as words; <paramref name="x"/> is its name.</param>
    /// <param name="rows">
    /// Those of the second, whose name is <paramref name="y"/>; the first row is the top one.
    /// </param>
    /// <param name="fields">The mean of each field; null where nothing was measured.</param>
    public static Figure Create(
        string name, string metric, (string Name, IReadOnlyList<string> Values) x,
        (string Name, IReadOnlyList<string> Values) y,
        IReadOnlyList<(int Column, int Row, MeanInterval? Mean)> fields, string caption)
    {
        return new Figure
        {
            Name = name,
            Title = SweepCurveFigure.Title(metric, x.Name, y.Name),
            Subtitle = "In each field the mean over its repeats and half the width of its 95 % confidence interval",
            Caption = caption,
            Panel = new Panel
            {
                Height = Math.Max(260, RowHeight * y.Values.Count),
                X = new Axis(x.Name) { Rows = x.Values },
                Y = new Axis(y.Name) { Rows = y.Values },
                Series =
                [
                    new HeatSeries(
                        metric, new SeriesStyle(PaletteColor.Blue),
                        [.. fields.Select(field => new HeatField(
                            field.Column, field.Row, field.Mean?.Mean ?? double.NaN, Text(field.Mean)))]),
                ],
            },
        };
    }

    private static IReadOnlyList<string> Text(MeanInterval? mean) => mean switch
    {
        null => ["not", "measured"],
        { HalfWidth: { } half } => [Number(mean.Mean), $"± {Rough(half)}"],
        _ => [Number(mean.Mean)],
    };

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 1 => Say($"{value:0.##}"),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    /// <summary>Of an interval two digits are enough.</summary>
    private static string Rough(double value) => value switch
    {
        >= 10 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 1 => Say($"{value:0.#}"),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
