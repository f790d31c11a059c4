namespace GossipSim.Analysis;

/// <summary>One thing drawn into a panel; a label puts it into the legend, null leaves it out.</summary>
public abstract record Series(string? Label, SeriesStyle Style)
{
    /// <summary>Points that the axes of the panel have to span.</summary>
    internal virtual IEnumerable<PlotPoint> Corners => [];
}

/// <summary>Whatever has one mark, bar or bend at each point.</summary>
public abstract record PathSeries(string? Label, SeriesStyle Style, IReadOnlyList<PlotPoint> Points)
    : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Points;
}

/// <summary>Straight lines from point to point.</summary>
public sealed record LineSeries(string? Label, SeriesStyle Style, IReadOnlyList<PlotPoint> Points)
    : PathSeries(Label, Style, Points);

/// <summary>A staircase that keeps each y until the next x; the first point is where it starts.</summary>
public sealed record StepSeries(string? Label, SeriesStyle Style, IReadOnlyList<PlotPoint> Points)
    : PathSeries(Label, Style, Points);

/// <summary>A mark at every point.</summary>
public sealed record PointSeries(string? Label, SeriesStyle Style, IReadOnlyList<PlotPoint> Points)
    : PathSeries(Label, Style, Points);

/// <summary>Bars from the axis up to y, each as wide as given in units of x.</summary>
public sealed record BarSeries(string? Label, SeriesStyle Style, IReadOnlyList<PlotPoint> Points, double BarWidth)
    : PathSeries(Label, Style, Points)
{
    internal override IEnumerable<PlotPoint> Corners => Points.SelectMany(point => new[]
        { point with { X = point.X - BarWidth / 2 }, point with { X = point.X + BarWidth / 2 } });
}

/// <summary>Marks of different sizes, each with its radius in pixels.</summary>
public sealed record SizedPointSeries(string? Label, SeriesStyle Style, IReadOnlyList<SizedPoint> Points)
    : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Points.Select(point => new PlotPoint(point.X, point.Y));
}

/// <summary>Thin straight lines, each from one point to another; opacity from 0 to 1.</summary>
public sealed record SegmentSeries(string? Label, SeriesStyle Style, IReadOnlyList<Segment> Segments, double Opacity)
    : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Segments.SelectMany(line => new[] { line.From, line.To });
}

/// <summary>Bars that lie in rows, each from one x to another.</summary>
public sealed record SpanSeries(string? Label, SeriesStyle Style, IReadOnlyList<RowSpan> Spans) : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Spans.SelectMany(
        span => new PlotPoint[] { new(span.From, span.Row), new(span.To, span.Row) });
}

/// <summary>Lying boxes with whiskers and a middle line, one in each row.</summary>
public sealed record BoxSeries(string? Label, SeriesStyle Style, IReadOnlyList<RowBox> Boxes) : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Boxes.SelectMany(
        box => new PlotPoint[] { new(box.Low, box.Row), new(box.High, box.Row) });
}

/// <summary>Names beside places: each stands above, below, right or left of its place, or is left out.</summary>
public sealed record NameSeries(SeriesStyle Style, IReadOnlyList<PlacedName> Names) : Series(null, Style);

/// <summary>An area between two y over each x.</summary>
public abstract record AreaSeries(string? Label, SeriesStyle Style, IReadOnlyList<BandPoint> Points)
    : Series(Label, Style)
{
    internal override IEnumerable<PlotPoint> Corners => Points.SelectMany(
        point => new PlotPoint[] { new(point.X, point.Low), new(point.X, point.High) });
}

/// <summary>The area between two staircases over the same x.</summary>
public sealed record BandSeries(string? Label, SeriesStyle Style, IReadOnlyList<BandPoint> Points)
    : AreaSeries(Label, Style, Points);

/// <summary>The area between two lines over the same x.</summary>
public sealed record RibbonSeries(string? Label, SeriesStyle Style, IReadOnlyList<BandPoint> Points)
    : AreaSeries(Label, Style, Points);

/// <summary>Fields side by side, each around its x and y: the fuller the colour, the larger the value.</summary>
public sealed record HeatSeries(string? Label, SeriesStyle Style, IReadOnlyList<HeatField> Fields)
    : Series(Label, Style);

public readonly record struct PlotPoint(double X, double Y);

public readonly record struct BandPoint(double X, double Low, double High);

public readonly record struct SizedPoint(double X, double Y, double Radius);

public readonly record struct Segment(PlotPoint From, PlotPoint To);

public readonly record struct RowSpan(double Row, double From, double To);

/// <summary>Whiskers from Low to High, a box between the quartiles, and the median.</summary>
public readonly record struct RowBox(
    double Row, double Low, double FirstQuartile, double Median, double ThirdQuartile, double High)
{
    /// <summary>The box of a sample: whiskers reach from its 5th to its 95th percentile.</summary>
    public static RowBox Of(double row, ReadOnlySpan<double> ascending) => new(
        row, Percentile.NearestRank(ascending, 5), Percentile.NearestRank(ascending, 25),
        Percentile.NearestRank(ascending, 50), Percentile.NearestRank(ascending, 75),
        Percentile.NearestRank(ascending, 95));
}

/// <param name="Radius">Of the mark at this place in pixels, which the name does not cover.</param>
public readonly record struct PlacedName(string Text, double X, double Y, double Radius);

/// <param name="Text">What stands in the field, a line each; left out where there is no room for it.</param>
public readonly record struct HeatField(double X, double Y, double Value, IReadOnlyList<string> Text);
