using System.Globalization;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The points that a figure draws, as rows for the table beside it: all of a short series, some far apart of a long
/// one.
/// </summary>
internal static class FigureTable
{
    /// <summary>Our choice: more rows of one series are read in a file, not on a page.</summary>
    public const int MostRows = 24;

    public static IReadOnlyList<string> Heads(Panel panel) => ["Series", Head(panel.X, "x"), Head(panel.Y, "y")];

    public static IEnumerable<IReadOnlyList<string>> Rows(Panel panel) =>
        panel.Series.SelectMany(series => RowsOf(series, panel));

    /// <summary>Whether some points have no row.</summary>
    public static bool IsThinned(Panel panel) => panel.Series.Any(series => PointsOf(series) > MostRows);

    private static IEnumerable<IReadOnlyList<string>> RowsOf(Series series, Panel panel)
    {
        var name = series.Label ?? "";
        return series switch
        {
            // Marks on a line that has a label of its own repeat it; grid lines of a timeline say nothing.
            { Label: null } => [],
            PathSeries path => Thin(path.Points).Select(point => Row(
                name, Text(panel.X, point.X), Text(panel.Y, point.Y))),
            AreaSeries area => Thin(area.Points).Select(point => Row(
                name, Text(panel.X, point.X), $"{Text(panel.Y, point.Low)} to {Text(panel.Y, point.High)}")),
            HeatSeries heat => heat.Fields.Select(field => Row(
                string.Join(' ', field.Text), Text(panel.X, field.X), Text(panel.Y, field.Y))),
            BoxSeries boxes => boxes.Boxes.Select(box => Row(
                name, string.Join(" | ", new[] { box.Low, box.FirstQuartile, box.Median, box.ThirdQuartile, box.High }
                    .Select(value => Text(panel.X, value))), Text(panel.Y, box.Row))),
            SpanSeries spans => Thin(spans.Spans).Select(span => Row(
                name, $"{Text(panel.X, span.From)} to {Text(panel.X, span.To)}", Text(panel.Y, span.Row))),
            _ => [],
        };
    }

    private static int PointsOf(Series series) => series switch
    {
        PathSeries path => path.Points.Count,
        AreaSeries area => area.Points.Count,
        SpanSeries spans => spans.Spans.Count,
        SizedPointSeries or SegmentSeries => int.MaxValue,
        _ => 0,
    };

    private static IEnumerable<T> Thin<T>(IReadOnlyList<T> points)
    {
        var rows = Math.Min(points.Count, MostRows);
        for (var row = 0; row < rows; row++)
            yield return points[rows == 1 ? 0 : (int)((long)row * (points.Count - 1) / (rows - 1))];
    }

    private static string[] Row(string series, string x, string y) => [series, x, y];

    private static string Head(Axis axis, string none)
    {
        if (axis.Label.Length > 0) return axis.Label;
        return axis.Rows is null ? none : "Row";
    }

    private static string Text(Axis axis, double value) => axis switch
    {
        // Bars beside each other, and seed nodes within a row, stand a little off their whole number.
        { Rows: { } rows } => rows[Math.Clamp((int)Math.Round(value), 0, rows.Count - 1)],
        { WholeNumbers: true } => Math.Round(value).ToString("N0", CultureInfo.InvariantCulture),
        { Percent: true } => value.ToString("0.0 %", CultureInfo.InvariantCulture),
        _ => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture),
    };
}
