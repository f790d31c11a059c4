using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// The ECDF of first-receipt latencies, one curve a sample, with the percentiles of the first sample marked and, for
/// two samples or more, how far each lies from the first.
/// </summary>
public static class PropagationLatencyFigure
{
    /// <summary>Steps drawn at most: more would lie within one pixel of each other.</summary>
    private const int StepLimit = 600;

    private static readonly double[] MarkedPercents = [50, 90, 99];

    private const string Marks = "The marks on a curve are its 50th, 90th and 99th percentiles (nearest rank).";

    private static readonly SeriesStyle[] Styles =
    [
        new(PaletteColor.Blue),
        new(PaletteColor.Vermillion, LineDash.Dashed, MarkShape.Square),
        new(PaletteColor.Green, LineDash.DashDotted, MarkShape.Triangle),
        new(PaletteColor.Purple, LineDash.Dotted, MarkShape.Diamond),
    ];

    /// <summary>The first sample is the reference. Throws <see cref="ArgumentException"/> for more than four.</summary>
    public static Figure Create(IReadOnlyList<LatencySample> samples)
    {
        if (samples.Count > Styles.Length)
            throw new ArgumentException($"At most {Styles.Length} samples can be told apart.", nameof(samples));

        LatencySample[] drawn = [.. samples.Where(sample => sample.Milliseconds.Count > 0)];
        Axis axis = LatencyAxis.For(
            "time from publication to first receipt (ms)", [.. drawn.SelectMany(sample => sample.Milliseconds)]);
        return new Figure
        {
            Name = "propagation-latency",
            Title = "Propagation latency: how long does a message take to a peer?",
            Subtitle = drawn.Length == 0
                ? "No message was received"
                : "Share of first receipts within a time, over all messages and peers",
            Caption = Caption(drawn),
            Detail = drawn.Length < 2
                ? null
                : Marks
                    + " The Kolmogorov-Smirnov (KS) distance is the largest vertical gap between two curves: 0 means "
                    + "equal, 1 means that every receipt of one is earlier than any of the other.",
            Panel = new Panel
            {
                X = axis,
                Y = new Axis("share of first receipts") { Minimum = 0, Maximum = 1.02, Percent = true },
                Series = AllSeries(drawn, axis),
                Markers = drawn.Length == 0 ? [] : Markers(drawn[0]),
                Notes = Notes(drawn),
            },
            PanelsBelow = drawn.Length < 2 ? [] : [Shifts(drawn)],
        };
    }

    /// <summary>
    /// Curves that lie close to each other are shown by how far they are from the first one, percentile by
    /// percentile: the shift function of Doksum (1974).
    /// </summary>
    private static Panel Shifts(LatencySample[] samples)
    {
        double[][] sorted = [.. samples.Select(sample => sample.Milliseconds.Order().ToArray())];
        double Shift(int sample, int percent) =>
            Percentile.NearestRank(sorted[sample], percent) - Percentile.NearestRank(sorted[0], percent);
        return new Panel
        {
            Height = 200,
            X = new Axis("share of first receipts") { Minimum = 0, Maximum = 1, Percent = true },
            Y = new Axis("later by (ms)"),
            Series =
            [
                new LineSeries(samples[0].Name, Styles[0], [new PlotPoint(0, 0), new PlotPoint(1, 0)]),
                .. Enumerable.Range(1, samples.Length - 1).Select(i => new LineSeries(
                    Say($"{samples[i].Name}: later than {samples[0].Name}"), Styles[i],
                    [.. Enumerable.Range(1, 99).Select(percent => new PlotPoint(percent / 100.0, Shift(i, percent)))])),
            ],
        };
    }

    private static List<Series> AllSeries(LatencySample[] samples, Axis axis)
    {
        var series = new List<Series>();
        for (int i = 0; i < samples.Length; i++)
        {
            double[] ascending = [.. samples[i].Milliseconds.Order()];
            IReadOnlyList<PlotPoint> steps = EmpiricalDistribution.Of(ascending).Steps(axis.Minimum ?? 0);
            string label = Say($"{samples[i].Name} ({Count(ascending.Length, "receipt", "receipts")})");
            series.Add(new StepSeries(label, Styles[i], Thin(steps)));
            series.Add(new PointSeries(
                null, Styles[i],
                [.. MarkedPercents.Select(
                    percent => new PlotPoint(Percentile.NearestRank(ascending, percent), percent / 100))]));
        }
        return series;
    }

    /// <summary>Keeps the first step, then each that rises by a pixel or so, and the last.</summary>
    private static List<PlotPoint> Thin(IReadOnlyList<PlotPoint> steps)
    {
        var kept = new List<PlotPoint>();
        foreach (PlotPoint step in steps)
            if (kept.Count == 0 || step.Y - kept[^1].Y >= 1.0 / StepLimit || step.Y >= 1)
                kept.Add(step);
        return kept;
    }

    private static VerticalMarker[] Markers(LatencySample reference)
    {
        double[] ascending = [.. reference.Milliseconds.Order()];
        return [.. MarkedPercents.Select(percent =>
        {
            double value = Percentile.NearestRank(ascending, percent);
            return new VerticalMarker(value, Say($"p{percent:0} {Milliseconds(value)}"), Styles[0].Color);
        })];
    }

    private static List<Note> Notes(LatencySample[] samples)
    {
        var notes = new List<Note>();
        foreach (LatencySample sample in samples)
        {
            LatencySummary summary = LatencySummary.Of([.. sample.Milliseconds]);
            notes.Add(Note.Heading(sample.Name));
            notes.Add(new Note(
                Say($"p50\u00a0{Milliseconds(summary.P50!.Value)}, p90\u00a0{Milliseconds(summary.P90!.Value)}, ")
                + Say($"p99\u00a0{Milliseconds(summary.P99!.Value)}, max\u00a0{Milliseconds(summary.Max!.Value)}")));
        }
        foreach (LatencySample other in samples.Skip(1))
        {
            SampleDistance distance = SampleDistance.Between([.. samples[0].Milliseconds], [.. other.Milliseconds]);
            string direction = distance.MedianShift < 0 ? "earlier" : "later";
            notes.Add(Note.Heading(Say($"{other.Name} against {samples[0].Name}")));
            notes.Add(new Note(Say($"KS distance {distance.KolmogorovSmirnov:F3}")));
            notes.Add(new Note(Say($"median {Milliseconds(Math.Abs(distance.MedianShift))} {direction}")));
        }
        return notes;
    }

    private static string Caption(LatencySample[] samples)
    {
        if (samples.Length == 0) return "Without receipts there is nothing to draw.";

        double median = LatencySummary.Of([.. samples[0].Milliseconds]).P50!.Value;
        return Say($"On the curve \u201c{samples[0].Name}\u201d half of the receipts came within ")
            + Say($"{Milliseconds(median)} of publication. ")
            + (samples.Length < 2
                ? Marks
                : "The lower panel shows how much later than there each share of the others' receipts came.")
            + " Only receipts by flooding count, not repairs.";
    }
}
