using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>Where the time from one crash went: its stages in order, in milliseconds; they sum to the total.</summary>
public sealed record CrashStages(string Peer, double CrashSeconds, IReadOnlyList<(string Stage, double Ms)> Stages)
{
    public double TotalMs => Stages.Sum(stage => stage.Ms);
}

/// <summary>
/// One bar for each crashed peer, put together from the stages of its detection; of many crashes a box for each stage.
/// </summary>
public static class DetectionStagesFigure
{
    private const string Name = "detection-stages";
    private const string Title = "Detection, stage by stage: where does the time go?";
    private const double RowHeight = 34;

    private static readonly PaletteColor[] colors =
    [
        PaletteColor.Silver, PaletteColor.Purple, PaletteColor.Vermillion, PaletteColor.Orange, PaletteColor.Sky,
        PaletteColor.Blue, PaletteColor.Green, PaletteColor.Neutral,
    ];

    /// <param name="stages">Their names in their order: no more than eight.</param>
    public static Figure Create(IReadOnlyList<CrashStages> crashes, IReadOnlyList<string> stages)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stages.Count, colors.Length);
        if (crashes.Count > DetectionTimelineFigure.MostRows) return Distribution(crashes, stages);
        CrashStages[] rows =
            [.. crashes.OrderByDescending(crash => crash.TotalMs).ThenBy(crash => crash.CrashSeconds)];
        return new Figure
        {
            Name = Name,
            Title = Title,
            Subtitle = rows.Length == 0
                ? "No peer crashed in this run"
                : Count(rows.Length, "crashed peer", "crashed peers") + "; the stages of a bar sum to its total",
            Caption = crashes.Count == 0 ? "Without a crash there is nothing to detect." : Caption(rows[0]),
            Panel = new Panel
            {
                Height = Math.Max(220, rows.Length * RowHeight),
                X = new Axis("seconds after the crash") { Minimum = 0 },
                Y = new Axis("") { Rows = [.. rows.Select(row => Say($"{row.Peer} at {row.CrashSeconds:0.0} s"))] },
                Series = [.. stages.Select((stage, i) => SeriesOf(stage, colors[i], rows))],
                Notes = [.. Notes(crashes)],
            },
        };
    }

    private static Figure Distribution(IReadOnlyList<CrashStages> crashes, IReadOnlyList<string> stages)
    {
        double[][] seconds =
        [
            .. stages.Select(stage => crashes.SelectMany(crash => crash.Stages).Where(each => each.Stage == stage)
                .Select(each => each.Ms / 1000).Order().ToArray()),
            [.. crashes.Select(crash => crash.TotalMs / 1000).Order()],
        ];
        string[] rows = [.. stages.Append("from the crash to the end").Zip(seconds, (stage, all) =>
            Say($"{stage} (n = {all.Length:#,0})"))];
        IEnumerable<int> shown = Enumerable.Range(0, rows.Length).Where(row => seconds[row].Length > 0);
        return new Figure
        {
            Name = Name,
            Title = Title,
            Subtitle = Say($"Length of each stage over {crashes.Count:#,0} crashed peers"),
            Caption = "A box reaches from the first to the third quartile of a stage's length, the line in it is the "
                + "median, and the whiskers end at the 5th and 95th percentiles. n is the number of crashes that had "
                + "the stage. Each begins where the one before it ended on the way to the outcome.",
            Panel = new Panel
            {
                Height = rows.Length * RowHeight,
                X = new Axis("seconds") { Minimum = 0 },
                Y = new Axis("") { Rows = rows },
                Series =
                [
                    new BoxSeries(
                        "quartiles, 5 % and 95 %", new SeriesStyle(PaletteColor.Blue),
                        [.. shown.Select(row => RowBox.Of(row, seconds[row]))]),
                    new PointSeries(
                        "longest", new SeriesStyle(PaletteColor.Neutral, Mark: MarkShape.Cross),
                        [.. shown.Select(row => new PlotPoint(seconds[row][^1], row))]),
                ],
                Notes = [.. Notes(crashes)],
            },
        };
    }

    private static SpanSeries SeriesOf(string stage, PaletteColor color, CrashStages[] rows)
    {
        var spans = new List<RowSpan>();
        for (int row = 0; row < rows.Length; row++)
        {
            double from = 0;
            foreach ((string name, double ms) in rows[row].Stages)
            {
                if (name == stage) spans.Add(new RowSpan(row, from / 1000, (from + ms) / 1000));
                from += ms;
            }
        }
        return new SpanSeries(stage, new SeriesStyle(color), spans);
    }

    private static IEnumerable<Note> Notes(IReadOnlyList<CrashStages> crashes)
    {
        if (crashes.Count == 0) yield break;
        double mean = crashes.Average(crash => crash.TotalMs);
        yield return new Note(Say($"{Count(crashes.Count, "crash", "crashes")}, on average {mean / 1000:0.00}\u00a0s"));
    }

    private static string Caption(CrashStages slowest)
    {
        (string stage, double ms) = slowest.Stages.Count == 0 ? ("", 0) : slowest.Stages.MaxBy(stage => stage.Ms);
        string reading = stage.Length == 0
            ? ""
            : Say($"Of the {slowest.TotalMs / 1000:0.00} s after the slowest crash the longest stage took ")
                + Say($"{ms / 1000:0.00} s: {stage}. ");
        return reading + "Each stage begins where the one before it ended on the way to the outcome; a stage that led "
            + "to nothing, such as a report that found the vote already open, has no part of the bar.";
    }
}
