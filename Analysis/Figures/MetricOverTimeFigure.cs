using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// How a figure that nodes report develops: its mean over the nodes against time, with the band of the standard
/// deviation and the band from the least to the most.
/// </summary>
public static class MetricOverTimeFigure
{
    private static readonly SeriesStyle Range = new(PaletteColor.Sky);
    private static readonly SeriesStyle Mean = new(PaletteColor.Blue);

    /// <param name="name">What the protocol calls the metric; the figure is called the same.</param>
    /// <param name="label">What it is, with the unit.</param>
    /// <param name="samples">In the order of time.</param>
    /// <param name="marks">What happened to the network, in the order of time.</param>
    public static Figure Create(
        string name, string label, IReadOnlyList<MetricSample> samples,
        IReadOnlyList<(double Seconds, string Label)> marks) => new()
    {
        Name = name,
        Title = Say($"{name}: how do the nodes' values develop?"),
        Subtitle = samples.Count == 0
            ? "No running node reported a value"
            : Say($"What the running nodes had last reported, at each second of the scenario: {label}"),
        Caption = samples.Count == 0
            ? "Without values there is nothing to draw."
            : "The line is the mean over the running nodes, the dark band one standard deviation to either side where "
                + "there are values, the light band reaches from the least to the most. A node that crashed counts no "
                + "longer; one that starts counts from its first report.",
        Panel = new Panel
        {
            X = new Axis("scenario time (s)") { Minimum = 0 },
            Y = new Axis(label),
            Series = samples.Count == 0 ? [] : Draw(samples),
            Markers = FaultMarkers.Of(marks),
            Notes = [.. Notes(samples), .. FaultMarkers.Notes(marks)],
        },
    };

    private static Series[] Draw(IReadOnlyList<MetricSample> samples) =>
    [
        new BandSeries(
            "least to most", Range,
            [.. samples.Select(sample => new BandPoint(sample.Seconds, sample.Min, sample.Max))]),
        new BandSeries(
            "mean and standard deviation", Mean,
            [.. samples.Select(sample => new BandPoint(
                sample.Seconds, Math.Max(sample.Min, sample.Mean - sample.Deviation),
                Math.Min(sample.Max, sample.Mean + sample.Deviation)))]),
        new StepSeries("mean", Mean, [.. samples.Select(sample => new PlotPoint(sample.Seconds, sample.Mean))]),
    ];

    private static IEnumerable<Note> Notes(IReadOnlyList<MetricSample> samples)
    {
        if (samples.Count == 0) yield break;
        var (first, last) = (samples[0], samples[^1]);
        yield return Note.Heading(Say($"at {last.Seconds:0.0} s: {Count(last.Nodes, "node", "nodes")}"));
        yield return new Note(Say($"mean {last.Mean:G6}, at the beginning {first.Mean:G6}"));
        yield return new Note(Say($"deviation {last.Deviation:G3}, at the beginning {first.Deviation:G3}"));
        yield return new Note(Say($"from {last.Min:G6} to {last.Max:G6}"));
    }
}
