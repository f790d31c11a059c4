using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// Degrees on doubly logarithmic axes: the complementary cumulative distribution without binning, the fitted power
/// law and two of its rivals, exponential and log-normal, from (xmin, ntail/n) on, and what the analysis concluded.
/// </summary>
public static class DegreeDistributionFigure
{
    private const int CurvePoints = 160;

    /// <summary>The overlay names what the degrees belong to, such as "200 peers over TCP".</summary>
    public static Figure Create(ReadOnlySpan<int> degrees, PowerLawAnalysis analysis, string overlay)
    {
        int[] positive = [.. degrees.ToArray().Where(degree => degree >= 1)];
        DegreeDistribution distribution = DegreeDistribution.Of(positive);
        return new Figure
        {
            Name = "degree-distribution",
            Title = "Degree distribution: how unequal are the peers?",
            Subtitle = Say($"Share of peers by number of neighbors, {overlay}")
                + (distribution.Total == 0 ? "; there is no peer with a neighbor" : ""),
            Caption = Caption(distribution, analysis),
            Panel = new Panel
            {
                X = new Axis("degree k (number of neighbors)") { Scale = AxisScale.Logarithmic },
                Y = new Axis("share of peers")
                {
                    Scale = AxisScale.Logarithmic,
                    Minimum = 0.6 / Math.Max(distribution.Total, 10),
                    Maximum = 1.3,
                },
                Series = AllSeries(distribution, positive, analysis),
                Markers = analysis.Xmin is { } xmin ? [new VerticalMarker(xmin, Say($"xmin = {xmin}"))] : [],
                Notes = Notes(analysis),
            },
        };
    }

    private static List<Series> AllSeries(
        DegreeDistribution distribution, int[] positive, PowerLawAnalysis analysis)
    {
        List<Series> series =
        [
            new PointSeries(
                "peers with exactly k neighbors", new SeriesStyle(PaletteColor.Sky, Mark: MarkShape.Diamond),
                distribution.ProbabilityMass()),
            new PointSeries(
                "peers with k or more neighbors", new SeriesStyle(PaletteColor.Blue),
                distribution.ComplementaryCumulative()),
        ];
        if (analysis is not { Alpha: { } alpha, Xmin: { } xmin, Ntail: { } ntail }) return series;

        double share = (double)ntail / analysis.N;
        var law = new ZetaTail();
        law.Prepare(alpha, xmin, distribution.Max);
        double rate = ExponentialRival.Rate(TailMean(distribution, xmin) - xmin);
        series.Add(new LineSeries(
            "fitted power law, from xmin on",
            new SeriesStyle(PaletteColor.Vermillion),
            Curve(xmin, distribution.Max, x => share * law.AtLeast(x, Math.Log(x)))));
        series.Add(new LineSeries(
            "best exponential, from xmin on",
            new SeriesStyle(PaletteColor.Green, LineDash.Dashed),
            Curve(xmin, distribution.Max, x => share * Math.Exp(-rate * (x - xmin)))));
        if (LogNormal(positive, xmin, alpha) is { } atLeast)
        {
            series.Add(new LineSeries(
                "best log-normal, from xmin on",
                new SeriesStyle(PaletteColor.Purple, LineDash.DashDotted),
                Curve(xmin, distribution.Max, x => share * atLeast(x))));
        }
        return series;
    }

    /// <summary>The closest rival in practice; null where its best fit is a power law itself.</summary>
    private static Func<double, double>? LogNormal(int[] positive, long xmin, double alpha)
    {
        ValueHistogram histogram = ValueHistogram.Of(Array.ConvertAll(positive, degree => (long)degree), out _);
        var fit = new PowerLawFit(Array.IndexOf(histogram.Values, (double)xmin), alpha, Ks: 0);
        RivalLaw law = LogNormalRival.Fit(new PowerLawTail(histogram, fit));
        return law.Degenerate ? null : law.AtLeast;
    }

    private static double TailMean(DegreeDistribution distribution, long xmin)
    {
        double sum = 0, count = 0;
        for (int i = 0; i < distribution.Values.Count; i++)
        {
            if (distribution.Values[i] < xmin) continue;
            sum += (double)distribution.Values[i] * distribution.Counts[i];
            count += distribution.Counts[i];
        }
        return sum / count;
    }

    /// <summary>The laws live on integers, so the curve has its points there: all of them, or some far apart.</summary>
    internal static List<PlotPoint> Curve(long from, long to, Func<double, double> function)
    {
        var points = new List<PlotPoint>();
        double factor = Math.Exp(Math.Log((double)to / from) / CurvePoints);
        for (double x = from; ; x = Math.Min(Math.Max(x + 1, Math.Floor(x * factor)), to))
        {
            points.Add(new PlotPoint(x, function(x)));
            if (x >= to) return points;
        }
    }

    private static List<Note> Notes(PowerLawAnalysis analysis)
    {
        string verdict = analysis.Verdict switch
        {
            PowerLawVerdict.CannotBeFitted => "cannot be fitted",
            PowerLawVerdict.Inconclusive => "inconclusive",
            PowerLawVerdict.Rejected => "rejected",
            PowerLawVerdict.Supported => "supported",
            _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis.Verdict, "No such verdict."),
        };
        List<Note> notes = [Note.Heading(Say($"Power law: {verdict}"))];
        if (analysis is not { Alpha: { } alpha, Xmin: { } xmin, Ntail: { } ntail, Ks: { } ks }) return notes;

        notes.Add(new Note(Say($"alpha = {alpha:F3} \u00b1 {analysis.AlphaStandardError:F3}")));
        notes.Add(new Note(Say($"xmin = {xmin}")));
        notes.Add(new Note(Say($"ntail = {ntail:#,0} of {analysis.N:#,0} ({(double)ntail / analysis.N:P0})")));
        notes.Add(new Note(Say($"KS distance = {ks:F4}")));
        if (analysis.PValue is { } p)
        {
            double error = Math.Sqrt(p * (1 - p) / analysis.Replicates);
            notes.Add(new Note(Say($"p = {p:F3} \u00b1 {error:F3}")));
            notes.Add(new Note(Say($"({analysis.Replicates:#,0} bootstrap replicates)")));
        }
        return notes;
    }

    private static string Caption(DegreeDistribution distribution, PowerLawAnalysis analysis)
    {
        string reading = distribution.Total == 0
            ? ""
            : Say($"A circle at (k, y) says: the share y of all peers has k or more neighbors. The mean degree is ")
                + Say($"{distribution.Mean:F1}, the largest {distribution.Max}. On these axes a power law is nearly ")
                + "a straight line and an exponential bends down; looking straight is no proof, hence the test. ";
        return reading + analysis.Reason;
    }
}
