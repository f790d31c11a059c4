using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>One figure of two experiments.</summary>
/// <param name="Name">Its path in the summary of a run.</param>
public sealed record ComparedMetric(string Name, MeanDifference Difference);

/// <summary>
/// How far two experiments lie apart, figure by figure, as a forest plot: the difference of the means with its
/// interval, as a share of A, so that figures of different units stand below each other.
/// </summary>
public static class DifferenceFigure
{
    private const double RowHeight = 30;

    /// <summary>
    /// An interval that shows nothing and is so many times wider than the usual one does not stretch the axis.
    /// </summary>
    private const double FarWider = 3;

    private static readonly SeriesStyle Shown = new(PaletteColor.Vermillion, Mark: MarkShape.Square);
    private static readonly SeriesStyle NotShown = new(PaletteColor.Blue);
    private static readonly SeriesStyle Outside = new(PaletteColor.Neutral, Mark: MarkShape.Triangle);

    /// <param name="runs">What the intervals rest on, such as "20 pairs of runs with the same random seed".</param>
    /// <param name="conclusion">What it comes to, in sentences.</param>
    public static Figure Create(
        string a, string b, IReadOnlyList<ComparedMetric> metrics, string runs, string conclusion)
    {
        Row[] rows = [.. metrics.Where(IsDrawn).Select(Row.Of)];
        (double least, double most) = Range(rows);
        return new Figure
        {
            Name = "comparison",
            Title = "A and B: what differs, and by how much?",
            Subtitle = Say($"Mean of B less mean of A, as a share of A, with its confidence interval; {runs}"),
            Caption = (rows.Length == 0 ? "" : "A mark is the difference of the means, its line the interval in which "
                + "the true one lies. A line that crosses 0 shows no difference: it bounds the difference and proves "
                + "nothing. ") + conclusion,
            Panel = new Panel
            {
                Height = Math.Max(150, rows.Length * RowHeight),
                X = new Axis("B less A, as a share of A") { Percent = true, Minimum = least, Maximum = most },
                Y = new Axis("") { Rows = [.. rows.Select(row => row.Name)] },
                Series = [.. AllSeries(rows, least, most)],
                Markers = [new VerticalMarker(0, "A = B")],
                Notes = [.. Notes(a, b, metrics)],
            },
        };
    }

    private static bool IsDrawn(ComparedMetric metric) =>
        metric.Difference is { MeanA: not 0, Verdict: not DifferenceVerdict.Identical };

    /// <summary>All that is shown, and of the other intervals as much as tells something; 0 in any case.</summary>
    private static (double Least, double Most) Range(Row[] rows)
    {
        if (rows.Length == 0) return (-0.01, 0.01);
        double[] reaches = [.. rows.Select(row => row.Reach).Order()];
        double usual = FarWider * reaches[(reaches.Length - 1) / 2];
        double least = rows.Min(row => row.IsShown ? row.Low : Math.Max(row.Low, -usual));
        double most = rows.Max(row => row.IsShown ? row.High : Math.Min(row.High, usual));
        double room = 0.06 * Math.Max(most - least, 1e-9);
        return (Math.Min(least, 0) - room, Math.Max(most, 0) + room);
    }

    private static IEnumerable<Series> AllSeries(Row[] rows, double least, double most)
    {
        for (int i = 0; i < rows.Length; i++)
            yield return new LineSeries(
                null, rows[i].IsShown ? Shown : NotShown,
                [new PlotPoint(rows[i].Low, i), new PlotPoint(rows[i].High, i)]);
        yield return Points("a difference", Shown, row => row.IsShown);
        yield return Points("no difference shown", NotShown, row => !row.IsShown && IsInside(row));
        if (!rows.All(IsInside)) yield return Points("beyond the axis", Outside, row => !IsInside(row));

        bool IsInside(Row row) => row.Share >= least && row.Share <= most;

        PointSeries Points(string label, SeriesStyle style, Func<Row, bool> chosen) => new(
            label, style,
            [
                .. rows.Select((row, i) => (row, i)).Where(at => chosen(at.row))
                    .Select(at => new PlotPoint(Math.Clamp(at.row.Share, least, most), at.i)),
            ]);
    }

    private static IEnumerable<Note> Notes(string a, string b, IReadOnlyList<ComparedMetric> metrics)
    {
        yield return Note.Heading("A");
        yield return new Note(a);
        yield return Note.Heading("B");
        yield return new Note(b);
        ComparedMetric[] same =
            [.. metrics.Where(metric => metric.Difference.Verdict == DifferenceVerdict.Identical)];
        if (same.Length > 0) yield return Note.Heading("identical, not drawn");
        foreach (ComparedMetric metric in same) yield return new Note(metric.Name);
        ComparedMetric[] fromZero = [.. metrics.Except(same).Where(metric => !IsDrawn(metric))];
        if (fromZero.Length > 0) yield return Note.Heading("0 in A, so without a share");
        foreach (ComparedMetric metric in fromZero)
            yield return new Note(Say($"{metric.Name}: {metric.Difference.MeanB:0.###} in B"));
    }

    /// <summary>Shares of A.</summary>
    private readonly record struct Row(string Name, double Share, double Reach, bool IsShown)
    {
        public double Low => Share - Reach;

        public double High => Share + Reach;

        public static Row Of(ComparedMetric metric)
        {
            double unit = Math.Abs(metric.Difference.MeanA);
            return new Row(
                metric.Name, metric.Difference.Difference / unit, (metric.Difference.HalfWidth ?? 0) / unit,
                metric.Difference.Verdict is DifferenceVerdict.BIsLarger or DifferenceVerdict.BIsSmaller);
        }
    }
}
