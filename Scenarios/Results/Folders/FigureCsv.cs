using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The numbers of a figure as CSV, a row for each point of each series, in the units of the axes. <c>xTo</c> and
/// <c>yTo</c> are the other end of a span, a box, a segment or a band; <c>value</c> is the size of a mark, the
/// value of a heat map's field or the median of a box. A row of a timeline stands as its name.
/// </summary>
internal static class FigureCsv
{
    public static void Write(TextWriter writer, Figure figure)
    {
        writer.Write("series,x,y,xTo,yTo,value\n");
        foreach (var panel in figure.Panels)
        {
            foreach (var series in panel.Series)
                foreach (var row in Rows(series)) Write(writer, panel, series, row);
        }
    }

    private static void Write(TextWriter writer, Panel panel, Series series, Row row) => CsvFiles.WriteRow(
        writer, series.Label, In(panel.X, row.X), In(panel.Y, row.Y), In(panel.X, row.XTo), In(panel.Y, row.YTo),
        row.Value);

    private static IEnumerable<Row> Rows(Series series) => series switch
    {
        PathSeries path => path.Points.Select(point => new Row(point.X, point.Y)),
        SizedPointSeries points => points.Points.Select(point => new Row(point.X, point.Y, Value: point.Radius)),
        AreaSeries area => area.Points.Select(point => new Row(point.X, point.Low, YTo: point.High)),
        SegmentSeries lines => lines.Segments.Select(
            line => new Row(line.From.X, line.From.Y, line.To.X, line.To.Y)),
        SpanSeries spans => spans.Spans.Select(span => new Row(span.From, span.Row, XTo: span.To)),
        BoxSeries boxes => boxes.Boxes.Select(box => new Row(box.Low, box.Row, XTo: box.High, Value: box.Median)),
        NameSeries => [],
        HeatSeries heat => heat.Fields.Select(field => new Row(field.X, field.Y, Value: field.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(series), series, "No such series."),
    };

    /// <summary>Marks beside each other in one row stand a little off its whole number.</summary>
    private static object? In(Axis axis, double? value) => value is { } number && axis.Rows is { Count: > 0 } rows
        ? rows[Math.Clamp((int)Math.Round(number), 0, rows.Count - 1)]
        : value;

    private readonly record struct Row(
        double X, double Y, double? XTo = null, double? YTo = null, double? Value = null);
}
