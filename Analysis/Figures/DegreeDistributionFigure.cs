using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// Degrees on doubly logarithmic axes: the complementary cumulative distribution without binning, the fitted power
/// law and its rivals, each from (xmin, ntail/n) on, and what the analysis concluded.
/// </summary>
public static class DegreeDistributionFigure
{
    private const int CurvePoints = 160;

    /// <summary>The overlay names what the degrees belong to, such as "200 peers over TCP".</summary>
    public static Figure Create(ReadOnlySpan<int> degrees, PowerLawAnalysis analysis, string overlay)
    {
        int[] positive = [.. degrees.ToArray().Where(degree => degree >= 1)];
        DegreeDistribution distribution = DegreeDistribution.Of(positive);
        double floor = 0.6 / Math.Max(distribution.Total, 10);
        List<Note> notes = Notes(analysis);
        List<Series> series = Data(distribution);
        if (analysis is { Alpha: { } alpha, Xmin: { } from, Ntail: { } ntail, Comparisons: { } compared })
        {
            double share = (double)ntail / analysis.N;
            List<PlotPoint> Drawn(Func<double, double> atLeast) =>
                Curve(from, distribution.Max, x => share * atLeast(x), floor);
            var rivals = new RivalCurves(positive, from, alpha, compared, Drawn);
            var law = new ZetaTail();
            law.Prepare(alpha, from, distribution.Max);
            series.Add(new LineSeries(
                "fitted power law, from xmin on",
                new SeriesStyle(PaletteColor.Vermillion), Drawn(x => law.AtLeast(x, Math.Log(x)))));
            series.AddRange(rivals.Series);
            notes.AddRange(RivalNotes(rivals));
        }

        return new Figure
        {
            Name = "degree-distribution",
            Title = "Degree distribution: how unequal are the peers?",
            Subtitle = Say($"Share of peers by number of neighbors, {overlay}")
                + (distribution.Total == 0 ? "; there is no peer with a neighbor" : ""),
            Caption = Caption(distribution, analysis),
            Detail = Detail(distribution, analysis),
            Panel = new Panel
            {
                X = new Axis("degree k (number of neighbors)") { Scale = AxisScale.Logarithmic },
                Y = new Axis("share of peers")
                {
                    Scale = AxisScale.Logarithmic,
                    Minimum = floor,
                    Maximum = 1.3,
                },
                Series = series,
                Markers = analysis.Xmin is { } xmin ? [new VerticalMarker(xmin, Say($"xmin = {xmin}"))] : [],
                Notes = notes,
            },
        };
    }

    private static List<Series> Data(DegreeDistribution distribution) =>
    [
        new PointSeries(
            "peers with exactly k neighbors", new SeriesStyle(PaletteColor.Silver, Mark: MarkShape.Diamond),
            distribution.ProbabilityMass()),
        new PointSeries(
            "peers with k or more neighbors", new SeriesStyle(PaletteColor.Blue),
            distribution.ComplementaryCumulative()),
    ];

    /// <summary>
    /// The laws live on integers, so the curve has its points there: all of them, or some far apart. It ends where it
    /// leaves the axis.
    /// </summary>
    internal static List<PlotPoint> Curve(long from, long to, Func<double, double> function, double floor)
    {
        var points = new List<PlotPoint>();
        double factor = Math.Exp(Math.Log((double)to / from) / CurvePoints);
        for (double x = from; ; x = Math.Min(Math.Max(x + 1, Math.Floor(x * factor)), to))
        {
            points.Add(new PlotPoint(x, function(x)));
            if (x >= to || points[^1].Y < floor) return points;
        }
    }

    private static List<Note> Notes(PowerLawAnalysis analysis)
    {
        List<Note> notes = [Note.Heading(Say($"Power law: {InWords(analysis.Verdict)}"))];
        if (analysis is not { Alpha: { } alpha, Xmin: { } xmin, Ntail: { } ntail, Ks: { } ks }) return notes;

        notes.Add(new Note(Say($"alpha = {alpha:F3} \u00b1 {analysis.AlphaStandardError:F3}")));
        notes.Add(new Note(Say($"xmin = {xmin}")));
        notes.Add(new Note(Say($"ntail = {ntail:#,0} of {analysis.N:#,0} ({(double)ntail / analysis.N:P0})")));
        notes.Add(new Note(Say($"KS distance = {ks:F4}")));
        if (analysis.PValue is { } p)
        {
            notes.Add(new Note(Say($"p = {p:F3} \u00b1 {analysis.PValueStandardError:F3}")));
            notes.Add(new Note(Say($"({analysis.Replicates:#,0} bootstrap replicates)")));
        }
        return notes;
    }

    private static IEnumerable<Note> RivalNotes(RivalCurves rivals)
    {
        yield return Note.Heading("Rivals of the power law");
        yield return new Note("better, worse: by likelihood ratio, p below 0.05; else as good");
        if (rivals.Degenerate.Count > 0)
            yield return new Note("not drawn, at its best a power law: " + string.Join(", ", rivals.Degenerate));
        if (rivals.NotFitted.Count > 0)
            yield return new Note("not drawn, its fit reached the step limit: " + string.Join(", ", rivals.NotFitted));
    }

    private static string InWords(PowerLawVerdict verdict) => verdict switch
    {
        PowerLawVerdict.CannotBeFitted => "cannot be fitted",
        PowerLawVerdict.Inconclusive => "inconclusive",
        PowerLawVerdict.Rejected => "rejected",
        PowerLawVerdict.Supported => "supported",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No such verdict."),
    };

    private static string Caption(DegreeDistribution distribution, PowerLawAnalysis analysis) =>
        distribution.Total == 0
            ? analysis.Reason
            : "A circle at (k, y) means that the share y of all peers has k or more neighbors. "
                + Say($"The mean degree is {distribution.Mean:F1}, the largest {distribution.Max}. ")
                + Say($"The verdict on a power law is: {InWords(analysis.Verdict)}.");

    private static string? Detail(DegreeDistribution distribution, PowerLawAnalysis analysis) =>
        distribution.Total == 0
            ? null
            : analysis.Reason + " On these axes a power law is nearly a straight line and an exponential bends down. "
                + "A line that looks straight is no proof, hence the test.";
}
