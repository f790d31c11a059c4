using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>Where the time from one crash went: its stages in order, in milliseconds; they sum to the total.</summary>
public sealed record CrashStages(string Peer, double CrashSeconds, IReadOnlyList<(string Stage, double Ms)> Stages)
{
    public double TotalMs => Stages.Sum(stage => stage.Ms);
}

/// <summary>One bar for each crashed peer, put together from the stages of its detection.</summary>
public static class DetectionStagesFigure
{
    private const int RowLimit = 30;
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
        CrashStages[] rows =
            [.. crashes.OrderByDescending(crash => crash.TotalMs).ThenBy(crash => crash.CrashSeconds).Take(RowLimit)];
        return new Figure
        {
            Name = "detection-stages",
            Title = "Detection, stage by stage: where does the time go?",
            Subtitle = crashes.Count == 0 ? "No peer crashed in this run" : Subtitle(crashes.Count, rows.Length),
            Caption = crashes.Count == 0 ? "Without a crash there is nothing to detect." : Caption(rows[0]),
            PlotHeight = Math.Max(220, rows.Length * RowHeight),
            Panel = new Panel
            {
                X = new Axis("seconds after the crash") { Minimum = 0 },
                Y = new Axis("") { Rows = [.. rows.Select(row => Say($"{row.Peer} at {row.CrashSeconds:0.0} s"))] },
                Series = [.. stages.Select((stage, i) => SeriesOf(stage, colors[i], rows))],
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

    private static string Subtitle(int crashes, int rows) => rows == crashes
        ? Say($"{Count(crashes, "crashed peer", "crashed peers")}; the stages of a bar sum to its total")
        : Say($"The {rows} slowest of {crashes:#,0} crashed peers; the stages of a bar sum to its total");

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
