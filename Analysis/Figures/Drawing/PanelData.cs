namespace GossipSim.Analysis;

/// <summary>The coordinates of everything that a panel shows: what its axes have to span.</summary>
internal static class PanelData
{
    public static IEnumerable<double> X(Panel panel) =>
        panel.Markers.Select(marker => marker.X).Concat(panel.Series.SelectMany(series => series switch
        {
            BandSeries band => band.Points.Select(point => point.X),
            RibbonSeries ribbon => ribbon.Points.Select(point => point.X),
            HeatSeries heat => heat.Fields.SelectMany(field => new[] { field.X - 0.5, field.X + 0.5 }),
            BarSeries bars => bars.Points.SelectMany(
                point => new[] { point.X - bars.BarWidth / 2, point.X + bars.BarWidth / 2 }),
            SizedPointSeries sized => sized.Points.Select(point => point.X),
            SegmentSeries lines => lines.Segments.SelectMany(line => new[] { line.From.X, line.To.X }),
            SpanSeries spans => spans.Spans.SelectMany(span => new[] { span.From, span.To }),
            BoxSeries boxes => boxes.Boxes.SelectMany(box => new[] { box.Low, box.High }),
            _ => Points(series).Select(point => point.X),
        }));

    public static IEnumerable<double> Y(Panel panel) => panel.Series.SelectMany(series => series switch
    {
        BandSeries band => band.Points.SelectMany(point => new[] { point.Low, point.High }),
        RibbonSeries ribbon => ribbon.Points.SelectMany(point => new[] { point.Low, point.High }),
        HeatSeries heat => heat.Fields.Select(field => field.Y),
        SizedPointSeries sized => sized.Points.Select(point => point.Y),
        SegmentSeries lines => lines.Segments.SelectMany(line => new[] { line.From.Y, line.To.Y }),
        SpanSeries spans => spans.Spans.Select(span => span.Row),
        BoxSeries boxes => boxes.Boxes.Select(box => box.Row),
        _ => Points(series).Select(point => point.Y),
    });

    private static IReadOnlyList<PlotPoint> Points(Series series) => series switch
    {
        LineSeries line => line.Points,
        StepSeries step => step.Points,
        PointSeries points => points.Points,
        BarSeries bars => bars.Points,
        _ => [],
    };
}
