namespace GossipSim.Analysis;

/// <summary>
/// The rivals of a fitted power law as curves, each with what the likelihood ratio says of it. One whose best fit is
/// only the limit in which it turns into a power law is named instead: its curve would lie on the fitted one.
/// </summary>
internal sealed class RivalCurves
{
    private readonly Func<Func<double, double>, IReadOnlyList<PlotPoint>> draw;
    private readonly List<Series> series = [];
    private readonly List<string> degenerate = [];
    private readonly List<string> notFitted = [];

    /// <param name="values">At least 1 each.</param>
    /// <param name="draw">Makes a curve of P(X >= x) among the values from xmin on.</param>
    public RivalCurves(
        int[] values, long xmin, double alpha, RivalComparisons compared,
        Func<Func<double, double>, IReadOnlyList<PlotPoint>> draw)
    {
        this.draw = draw;
        ValueHistogram histogram = ValueHistogram.Of(Array.ConvertAll(values, value => (long)value), out _);
        var fit = new PowerLawFit(Array.IndexOf(histogram.Values, (double)xmin), alpha, Ks: 0);
        var laws = new RivalLaws(new PowerLawTail(histogram, fit));
        Add("exponential", laws.Exponential, compared.Exponential, new(PaletteColor.Green, LineDash.Dashed));
        Add("Poisson", laws.Poisson, compared.Poisson, new(PaletteColor.Orange, LineDash.Dotted));
        Add("log-normal", laws.LogNormal, compared.LogNormal, new(PaletteColor.Purple, LineDash.DashDotted));
        Add(
            "stretched exponential", laws.StretchedExponential, compared.StretchedExponential,
            new(PaletteColor.Neutral, LineDash.LongDashed));
        Add(
            "power law with cutoff", laws.TruncatedPowerLaw, compared.TruncatedPowerLaw,
            new(PaletteColor.Sky, LineDash.DashDotDotted));
    }

    public IReadOnlyList<Series> Series => series;

    /// <summary>Names of those without a curve, because it would lie on the fitted one.</summary>
    public IReadOnlyList<string> Degenerate => degenerate;

    /// <summary>Names of those whose fit reached its step limit.</summary>
    public IReadOnlyList<string> NotFitted => notFitted;

    private void Add(string name, RivalLaw law, RivalComparison compared, SeriesStyle style)
    {
        if (compared.ReachedStepLimit) notFitted.Add(name);
        else if (compared.Degenerate || law.AtLeast is not { } atLeast) degenerate.Add(name);
        else series.Add(new LineSeries($"{name}: {Outcome(compared)}", style, draw(atLeast)));
    }

    private static string Outcome(RivalComparison compared) => compared switch
    {
        { IsDecided: false } => "as good",
        { LogLikelihoodRatio: < 0 } => "better",
        _ => "worse",
    };
}
