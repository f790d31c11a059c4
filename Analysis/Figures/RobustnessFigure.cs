using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// What is left of an overlay while its peers are taken away: the share of all peers in the largest component, at
/// random, by degree, and by the degree that is left.
/// </summary>
public static class RobustnessFigure
{
    private static readonly SeriesStyle AtRandom = new(PaletteColor.Blue);
    private static readonly SeriesStyle ByDegree = new(PaletteColor.Vermillion, LineDash.Dashed);
    private static readonly SeriesStyle ByRemainingDegree = new(PaletteColor.Green, LineDash.DashDotted);

    /// <param name="overlay">What the graph is, such as "200 peers over TCP".</param>
    public static Figure Create(Robustness curves, string overlay) => new()
    {
        Name = "robustness",
        Title = "Robustness: how many peers can the overlay lose?",
        Subtitle = Say($"Share of all peers in the largest component while peers are taken away, {overlay}"),
        Caption = "Half of all peers are no longer in one component after removal of "
            + Say($"{curves.RandomHalvedAt:P0} of the peers at random, {curves.TargetedHalvedAt:P0} by largest degree ")
            + Say($"first, and {curves.AdaptiveHalvedAt:P0} by largest degree counted anew after each removal. ")
            + "The graph is not repaired meanwhile.",
        Detail = "R is the mean height of a curve, at most 0.5 (Schneider et al. 2011).",
        Panel = new Panel
        {
            X = new Axis("share of peers taken away") { Minimum = 0, Maximum = 1, Percent = true },
            Y = new Axis("share of peers in the largest component") { Minimum = 0, Maximum = 1.02, Percent = true },
            Series =
            [
                new BandSeries(
                    Say($"at random: least to most of {curves.RandomR.Count} orders"), AtRandom,
                    [
                        .. curves.Fractions.Select(
                            (x, i) => new BandPoint(x, curves.RandomLow[i], curves.RandomHigh[i])),
                    ]),
                new LineSeries("at random: mean", AtRandom, Points(curves, curves.Random)),
                new LineSeries("largest degree first", ByDegree, Points(curves, curves.Targeted)),
                new LineSeries(
                    "largest degree left first", ByRemainingDegree, Points(curves, curves.Adaptive)),
            ],
            Notes =
            [
                Note.Heading("index R"),
                new Note(Say($"at random {curves.RandomRMean:F3}")),
                new Note(Say($"from {curves.RandomR.Min():F3} to {curves.RandomR.Max():F3}")),
                new Note(Say($"largest degree first {curves.TargetedR:F3}")),
                new Note(Say($"largest degree left first {curves.AdaptiveR:F3}")),
            ],
        },
    };

    private static PlotPoint[] Points(Robustness curves, IReadOnlyList<double> shares) =>
        [.. curves.Fractions.Select((x, i) => new PlotPoint(x, shares[i]))];
}
