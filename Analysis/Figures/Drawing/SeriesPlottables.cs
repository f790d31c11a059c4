using ScottPlot;

namespace GossipSim.Analysis;

/// <summary>Adds the series of a panel to its plot, and makes the legend's sample of each.</summary>
/// <param name="y">The range of the vertical axis: bars stand on its minimum.</param>
/// <param name="unit">Width and height in pixels of one unit of each linear axis.</param>
/// <param name="sizeFactor">Scale of marks whose size has a meaning.</param>
/// <param name="barShare">The share of a row that a bar in it takes.</param>
internal sealed class SeriesPlottables(
    Plot plot, Panel panel, FigureTheme theme, AxisRange y, PixelSize unit, double sizeFactor, double barShare)
{
    private const float MarkSize = 7.2f;
    private const float LineWidth = 2;
    private const float SegmentWidth = 0.9f;
    private const double BandOpacity = 0.18;

    /// <summary>Pixels of a bar in a row, at most.</summary>
    private const double WidestSpan = 40;

    public void Add(Series series)
    {
        Color color = theme.Of(series.Style.Color);
        switch (series)
        {
            case LineSeries line:
                AddLine(line.Points, color, line.Style);
                break;
            case StepSeries step:
                if (AddLine(step.Points, color, step.Style) is { } stairs)
                    stairs.ConnectStyle = ConnectStyle.StepHorizontal;
                break;
            case PointSeries points:
                AddMarks(points.Points.Select(point => (At(point.X, point.Y), MarkSize)), points.Style);
                break;
            case SizedPointSeries points:
                AddMarks(
                    points.Points.Select(
                        point => (At(point.X, point.Y), (float)(2 * sizeFactor * point.Radius))), points.Style);
                break;
            case SegmentSeries lines:
                Coordinates[] ends = [.. lines.Segments.SelectMany(line => new[]
                    { At(line.From.X, line.From.Y), At(line.To.X, line.To.Y), Coordinates.NaN })];
                if (ends.Length == 0) break;
                Stroke(
                    plot.Add.ScatterLine(ends), color.WithOpacity(lines.Opacity), SegmentWidth, lines.Style.Dash);
                break;
            case BandSeries band:
                AddArea([.. Stairs(band.Points)], color);
                break;
            case RibbonSeries ribbon:
                AddArea(ribbon.Points, color);
                break;
            case BarSeries bars:
                AddBars(bars.Points.Select(point => new Bar
                {
                    Position = At(point.X, point.Y).X, Value = At(point.X, point.Y).Y,
                    ValueBase = PanelPlot.Position(panel.Y, y.Minimum), Size = bars.BarWidth,
                }), color.WithOpacity(0.8));
                break;
            case SpanSeries spans:
                AddBars(
                    spans.Spans.Select(span => Lying(span.Row, span.From, span.To)), color.WithOpacity(0.9));
                break;
            case BoxSeries boxes:
                AddBoxes(boxes, color);
                break;
            case NameSeries names:
                plot.Add.Plottable(new Names(
                    [.. names.Names.Select(name => (name.Text, At(name.X, name.Y), (float)(sizeFactor * name.Radius)))],
                    theme));
                break;
            case HeatSeries heat:
                AddHeat(heat);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(series), series, "No such series.");
        }
    }

    /// <summary>What stands before the label of a series in the legend.</summary>
    public static LegendItem Sample(Series series, FigureTheme theme)
    {
        Color color = theme.Of(series.Style.Color);
        var item = new LegendItem { MarkerStyle = MarkerStyle.None };
        switch (series)
        {
            case PointSeries:
                item.MarkerStyle = Mark(series.Style, theme);
                break;
            case SizedPointSeries:
                item.MarkerStyle = Mark(series.Style, theme, 1.4f * MarkSize);
                break;
            case AreaSeries:
                item.FillColor = color.WithOpacity(BandOpacity + 0.04);
                break;
            case BarSeries or SpanSeries or BoxSeries or HeatSeries:
                item.FillColor = color.WithOpacity(0.8);
                break;
            case SegmentSeries lines:
                Stroke(item, color.WithOpacity(lines.Opacity), SegmentWidth, lines.Style.Dash);
                break;
            default:
                Stroke(item, color, LineWidth, series.Style.Dash);
                break;
        }
        return item;
    }

    private Coordinates At(double x, double y) =>
        new(PanelPlot.Position(panel.X, x), PanelPlot.Position(panel.Y, y));

    private Coordinates[] At(IReadOnlyList<PlotPoint> points) => [.. points.Select(point => At(point.X, point.Y))];

    private ScottPlot.Plottables.Scatter? AddLine(IReadOnlyList<PlotPoint> points, Color color, SeriesStyle style)
    {
        if (points.Count == 0) return null;
        var line = plot.Add.ScatterLine(At(points));
        Stroke(line, color, LineWidth, style.Dash);
        return line;
    }

    private void AddArea(IReadOnlyList<BandPoint> points, Color color)
    {
        if (points.Count == 0) return;
        Coordinates[] upper = [.. points.Select(point => At(point.X, point.High))];
        var area = plot.Add.Polygon([.. upper, .. points.Reverse().Select(point => At(point.X, point.Low))]);
        area.FillColor = color.WithOpacity(BandOpacity);
        area.LineWidth = 0;
    }

    /// <summary>Every value holds until the next x.</summary>
    private static IEnumerable<BandPoint> Stairs(IReadOnlyList<BandPoint> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (i > 0) yield return points[i - 1] with { X = points[i].X };
            yield return points[i];
        }
    }

    private void AddBars(IEnumerable<Bar> bars, Color color)
    {
        Bar[] all = [.. bars];
        if (all.Length == 0) return;
        foreach (Bar bar in all)
        {
            bar.FillColor = color;
            if (bar.Orientation == Orientation.Vertical) bar.LineWidth = 0;
        }
        plot.Add.Bars(all);
    }

    /// <summary>Of a bar in a row, in rows.</summary>
    private double BarHeight => Math.Min(barShare, WidestSpan / unit.Height);

    /// <summary>Bars with lines, because ScottPlot's boxes do not lie.</summary>
    private void AddBoxes(BoxSeries series, Color color)
    {
        AddBars(
            series.Boxes.Select(box => Lying(box.Row, box.FirstQuartile, box.ThirdQuartile)), color.WithOpacity(0.4));
        foreach (RowBox box in series.Boxes)
        {
            Across(box.Low, box.Low, 0.25);
            Across(box.Low, box.FirstQuartile, 0);
            Across(box.Median, box.Median, 0.5);
            Across(box.ThirdQuartile, box.High, 0);
            Across(box.High, box.High, 0.25);

            void Across(double from, double to, double half) => Stroke(
                plot.Add.Line(At(from, box.Row - half * BarHeight), At(to, box.Row + half * BarHeight)), color, 1.6f,
                LineDash.Solid);
        }
    }

    private Bar Lying(double row, double from, double to) => new()
    {
        Position = At(from, row).Y, ValueBase = At(from, row).X, Value = At(to, row).X,
        Orientation = Orientation.Horizontal, Size = BarHeight,
        LineWidth = 0.8f, LineColor = theme.Paper,
    };

    private void AddHeat(HeatSeries heat)
    {
        double[] values = [.. heat.Fields.Select(field => field.Value).Where(double.IsFinite)];
        if (values.Length == 0) return;
        (double least, double most) = (values.Min(), values.Max());
        foreach (HeatField field in heat.Fields)
        {
            Coordinates at = At(field.X, field.Y);
            double share = most > least ? (field.Value - least) / (most - least) : 0.5;
            var cell = plot.Add.Rectangle(at.X - 0.48, at.X + 0.48, at.Y - 0.48, at.Y + 0.48);
            cell.FillColor = double.IsFinite(share) ? theme.Shade(heat.Style.Color, share) : theme.Paper;
            cell.LineWidth = 0;
            var text = plot.Add.Text(Fitting(field.Text), at);
            text.LabelStyle.Alignment = Alignment.MiddleCenter;
            text.LabelStyle.FontSize = PanelPlot.FontSize;
            text.LabelStyle.ForeColor = theme.TextOn(cell.FillColor);
        }
        AddColorBar(heat, least, most);
    }

    /// <summary>As many of the lines as a field has room for; the first says the most.</summary>
    private string Fitting(IReadOnlyList<string> text)
    {
        int rows = Math.Max(0, (int)((unit.Height - 6) / (1.25 * PanelPlot.FontSize)));
        return string.Join('\n', text.Take(rows)
            .TakeWhile(line => TextBlock.Width(line, PanelPlot.FontSize) <= 0.96 * unit.Width - 4));
    }

    private void AddColorBar(HeatSeries heat, double least, double most)
    {
        if (most <= least) return;
        var scale = plot.Add.Heatmap(new[,] { { least, most } });
        scale.IsVisible = false;
        scale.Colormap = new ScottPlot.Colormaps.CustomInterpolated(
            [theme.Shade(heat.Style.Color, 0), theme.Shade(heat.Style.Color, 1)]);
        var bar = plot.Add.ColorBar(scale);
        bar.Width = 12;
        bar.Axis.TickLabelStyle.ForeColor = theme.Ink;
        bar.Axis.TickLabelStyle.FontSize = PanelPlot.FontSize;
        bar.Axis.MajorTickStyle.Color = bar.Axis.FrameLineStyle.Color = theme.Frame;
        bar.Axis.TickGenerator = PanelPlot.LinearTicks(new Axis(""));
    }

    private void AddMarks(IEnumerable<(Coordinates At, float Diameter)> marks, SeriesStyle style) =>
        plot.Add.Plottable(new Marks([.. marks], Mark(style, theme)));

    private static MarkerStyle Mark(SeriesStyle style, FigureTheme theme, float size = MarkSize)
    {
        var mark = new MarkerStyle(Shape(style.Mark), size, theme.Of(style.Color));
        if (style.Mark == MarkShape.Cross) mark.LineWidth = 2.2f;
        else (mark.OutlineColor, mark.OutlineWidth) = (theme.Paper, 0.6f);
        return mark;
    }

    private static void Stroke(IHasLine line, Color color, float width, LineDash dash)
    {
        line.LineColor = color;
        line.LineWidth = width;
        line.LinePattern = Pattern(dash);
    }

    private static MarkerShape Shape(MarkShape mark) => mark switch
    {
        MarkShape.Circle => MarkerShape.FilledCircle,
        MarkShape.Square => MarkerShape.FilledSquare,
        MarkShape.Triangle => MarkerShape.FilledTriangleUp,
        MarkShape.Diamond => MarkerShape.FilledDiamond,
        MarkShape.Cross => MarkerShape.Eks,
        _ => throw new ArgumentOutOfRangeException(nameof(mark), mark, "No such mark."),
    };

    private static LinePattern Pattern(LineDash dash) => dash switch
    {
        LineDash.Solid => LinePattern.Solid,
        LineDash.Dashed => new([8, 5], 0, nameof(LineDash.Dashed)),
        LineDash.Dotted => new([2, 4], 0, nameof(LineDash.Dotted)),
        LineDash.DashDotted => new([9, 4, 2, 4], 0, nameof(LineDash.DashDotted)),
        LineDash.LongDashed => new([15, 4], 0, nameof(LineDash.LongDashed)),
        LineDash.DashDotDotted => new([11, 3, 2, 3, 2, 3], 0, nameof(LineDash.DashDotDotted)),
        _ => throw new ArgumentOutOfRangeException(nameof(dash), dash, "No such dash."),
    };
}
