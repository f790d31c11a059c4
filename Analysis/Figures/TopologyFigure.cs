using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// What a rule makes of many random seeds: the degrees of one overlay with its fit, before the band of all of them.
/// </summary>
public static class TopologyFigure
{
    /// <param name="band">Of all overlays; the first is the one that is drawn.</param>
    /// <param name="peers">In each overlay.</param>
    /// <param name="first">What the first overlay was found to be.</param>
    /// <param name="overlays">What they are, such as "uniform, 2,000 peers, 20 overlays".</param>
    /// <param name="notes">What all of them together show, a line each.</param>
    public static Figure Create(
        IReadOnlyList<DegreeBandRow> band, int peers, PowerLawAnalysis first, string overlays,
        IReadOnlyList<string> notes, string conclusion)
    {
        double floor = 0.6 / Math.Max(peers, 10);
        return new Figure
        {
            Name = "degree-distribution",
            Title = "Degree distributions: what does the rule make of chance?",
            Subtitle = Say($"Share of peers by number of neighbors: {overlays}"),
            Caption = "A circle at (k, y) means that the share y of the first overlay's peers has k or more neighbors. "
                + "The band holds all overlays.",
            Detail = conclusion + " Each overlay was fitted by itself: the degrees of one overlay depend on each other "
                + "and must not be pooled as if they were independent.",
            Panel = new Panel
            {
                X = new Axis("degree k (number of neighbors)") { Scale = AxisScale.Logarithmic },
                Y = new Axis("share of peers with k or more neighbors")
                {
                    Scale = AxisScale.Logarithmic, Minimum = floor, Maximum = 1.3,
                },
                Series = [.. AllSeries(band, first, floor)],
                Markers = first.Xmin is { } xmin ? [new VerticalMarker(xmin, Say($"xmin = {xmin}"))] : [],
                Notes = [Note.Heading("All overlays"), .. notes.Select(note => new Note(note))],
            },
        };
    }

    private static IEnumerable<Series> AllSeries(
        IReadOnlyList<DegreeBandRow> band, PowerLawAnalysis first, double floor)
    {
        yield return new BandSeries(
            "least to most, all overlays", new SeriesStyle(PaletteColor.Sky), Steps(band, floor));
        yield return new PointSeries(
            "first overlay", new SeriesStyle(PaletteColor.Blue),
            [.. band.Where((row, i) => row.First > 0 && (i + 1 == band.Count || band[i + 1].First < row.First))
                .Select(row => new PlotPoint(row.Degree, row.First))]);
        if (first is not { Alpha: { } alpha, Xmin: { } xmin, Ntail: { } ntail }) yield break;

        int largest = band.Last(row => row.First > 0).Degree;
        double share = (double)ntail / first.N * band[0].First;
        var law = new ZetaTail();
        law.Prepare(alpha, xmin, largest);
        yield return new LineSeries(
            "its fitted power law, from xmin on",
            new SeriesStyle(PaletteColor.Vermillion),
            DegreeDistributionFigure.Curve(xmin, largest, x => share * law.AtLeast(x, Math.Log(x)), floor));
    }

    /// <summary>The share at k holds for all degrees above the one before k; none is below the axis.</summary>
    private static BandPoint[] Steps(IReadOnlyList<DegreeBandRow> band, double floor)
    {
        var points = new BandPoint[band.Count];
        for (int i = 0; i < points.Length; i++)
        {
            DegreeBandRow holds = band[Math.Min(i + 1, points.Length - 1)];
            points[i] = new BandPoint(band[i].Degree, Math.Max(holds.Least, floor), Math.Max(holds.Most, floor));
        }
        return points;
    }
}
