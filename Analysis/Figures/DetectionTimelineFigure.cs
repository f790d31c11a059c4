using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// One row for each crashed peer, in seconds since its crash: first suspicion by a neighbor, first report to a seed
/// node, and the removal committed at each seed node. Of many crashes it shows the distributions of these times.
/// </summary>
public static class DetectionTimelineFigure
{
    /// <summary>Crashes that have a row of their own, in this figure and in that of the stages; our choice.</summary>
    internal const int MostRows = 10;

    private const string Name = "detection-timeline";
    private const string Title = "Detection timeline: from crash to removal";
    private const double RowHeight = 34;

    /// <summary>Of a row, what the seed nodes' marks are spread over, and no more pixels than these.</summary>
    private const double Spread = 0.5;
    private const double WidestSpread = 26;
    private const int SeedNodesToldApart = 5;

    private static readonly SeriesStyle[] RemovalStyles =
    [
        new(PaletteColor.Blue),
        new(PaletteColor.Sky, Mark: MarkShape.Square),
        new(PaletteColor.Green, Mark: MarkShape.Circle),
        new(PaletteColor.Orange, Mark: MarkShape.Square),
        new(PaletteColor.Neutral, Mark: MarkShape.Circle),
    ];

    public static Figure Create(IReadOnlyList<CrashTimeline> crashes)
    {
        if (crashes.Count > MostRows) return Distribution(crashes);
        CrashTimeline[] rows = [.. crashes.OrderByDescending(LastRemoval).ThenBy(crash => crash.CrashSeconds)];
        string[] seedNodes = [.. rows.SelectMany(row => row.Removals).Select(removal => removal.SeedNode)
            .Distinct().Order(StringComparer.Ordinal)];
        return new Figure
        {
            Name = Name,
            Title = Title,
            Subtitle = rows.Length == 0
                ? "No peer crashed in this run"
                : Count(rows.Length, "crashed peer", "crashed peers") + ", with the moment of the crash in run time",
            Caption = Caption(rows),
            Panel = new Panel
            {
                Height = Height(rows.Length),
                X = new Axis("seconds after the crash"),
                Y = new Axis("") { Rows = [.. rows.Select(row => Say($"{row.Peer} at {row.CrashSeconds:0.0} s"))] },
                Series = AllSeries(rows, seedNodes),
                Notes = Notes(crashes),
            },
        };
    }

    private static Figure Distribution(IReadOnlyList<CrashTimeline> crashes)
    {
        StepSeries[] curves =
        [
            Curve("removed at the last seed node", new(PaletteColor.Blue), crashes, crash => LastRemoval(crash)),
            Curve("removed at the first seed node", new(PaletteColor.Orange, LineDash.DashDotted), crashes,
                crash => crash.Removals.Select(removal => removal.Seconds - crash.CrashSeconds)
                    .DefaultIfEmpty(double.NaN).Min()),
            Curve("first report to a seed node", new(PaletteColor.Vermillion, LineDash.Dashed), crashes,
                crash => crash.FirstReportSeconds - crash.CrashSeconds),
            Curve("first suspicion by a neighbor", new(PaletteColor.Purple, LineDash.Dotted), crashes,
                crash => crash.FirstSuspicionSeconds - crash.CrashSeconds),
        ];
        return new Figure
        {
            Name = Name,
            Title = Title,
            Subtitle = Say($"Share of {crashes.Count:#,0} crashed peers by time since their crash"),
            Caption = "A curve shows how many of the crashed peers had come so far: suspected by a neighbor, reported, "
                + "removed. One that ends below 100 % shows peers for which that step never happened.",
            Panel = new Panel
            {
                X = new Axis("seconds after the crash") { Minimum = 0 },
                Y = new Axis("share of crashed peers") { Minimum = 0, Maximum = 1.02, Percent = true },
                Series = curves,
                Notes = Notes(crashes),
            },
        };
    }

    /// <summary>The moments that came, as a share of all crashes; flat from the last of them to the longest.</summary>
    private static StepSeries Curve(
        string label, SeriesStyle style, IReadOnlyList<CrashTimeline> crashes, Func<CrashTimeline, double?> moment)
    {
        double[] ascending = [.. crashes.Select(moment).OfType<double>().Where(double.IsFinite).Order()];
        double end = crashes.Max(crash => LastEvent(crash) - crash.CrashSeconds);
        IEnumerable<PlotPoint> steps =
            ascending.Select((seconds, i) => new PlotPoint(seconds, (i + 1.0) / crashes.Count));
        return new StepSeries(
            label, style,
            [new PlotPoint(0, 0), .. steps, new PlotPoint(end, (double)ascending.Length / crashes.Count)]);
    }

    private static double Height(int rows) => Math.Max(180, rows * RowHeight);

    private static double LastRemoval(CrashTimeline crash) =>
        crash.Removals.Count == 0
            ? double.PositiveInfinity
            : crash.Removals.Max(removal => removal.Seconds) - crash.CrashSeconds;

    private static List<Series> AllSeries(CrashTimeline[] rows, string[] seedNodes)
    {
        var series = new List<Series>();
        for (int i = 0; i < rows.Length; i++)
        {
            double end = LastEvent(rows[i]) - rows[i].CrashSeconds;
            series.Add(new LineSeries(null, new SeriesStyle(PaletteColor.Neutral, LineDash.Dotted),
                [new PlotPoint(0, i), new PlotPoint(end, i)]));
        }
        series.Add(Points("crash", PaletteColor.Neutral, MarkShape.Cross, rows, row => row.CrashSeconds));
        series.Add(Points(
            "first suspicion by a neighbor", PaletteColor.Purple, MarkShape.Triangle, rows,
            row => row.FirstSuspicionSeconds));
        series.Add(Points(
            "first report to a seed node", PaletteColor.Vermillion, MarkShape.Diamond, rows,
            row => row.FirstReportSeconds));
        series.AddRange(Removals(rows, seedNodes));
        return series;
    }

    private static PointSeries Points(
        string label, PaletteColor color, MarkShape mark, CrashTimeline[] rows, Func<CrashTimeline, double?> moment)
    {
        var points = new List<PlotPoint>();
        for (int i = 0; i < rows.Length; i++)
            if (moment(rows[i]) is { } seconds) points.Add(new PlotPoint(seconds - rows[i].CrashSeconds, i));
        return new PointSeries(label, new SeriesStyle(color, Mark: mark), points);
    }

    /// <summary>Seed nodes commit almost together, so each has its own height within the row.</summary>
    private static IEnumerable<PointSeries> Removals(CrashTimeline[] rows, string[] seedNodes)
    {
        double spread = Math.Min(Spread, WidestSpread * rows.Length / Height(rows.Length));
        var points = new List<PlotPoint>[seedNodes.Length];
        for (int s = 0; s < seedNodes.Length; s++)
        {
            points[s] = [];
            double offset = seedNodes.Length == 1 ? 0 : spread * ((double)s / (seedNodes.Length - 1) - 0.5);
            for (int i = 0; i < rows.Length; i++)
                foreach (SeedNodeRemoval removal in rows[i].Removals.Where(r => r.SeedNode == seedNodes[s]))
                    points[s].Add(new PlotPoint(removal.Seconds - rows[i].CrashSeconds, i + offset));
        }

        if (seedNodes.Length > SeedNodesToldApart)
            return [new PointSeries("removed at a seed node", RemovalStyles[0], [.. points.SelectMany(p => p)])];
        return seedNodes.Select((name, s) =>
            new PointSeries(Say($"removed at {name}"), RemovalStyles[s], points[s]));
    }

    private static double LastEvent(CrashTimeline crash) => crash.Removals.Select(removal => removal.Seconds)
        .Append(crash.FirstSuspicionSeconds ?? crash.CrashSeconds)
        .Append(crash.FirstReportSeconds ?? crash.CrashSeconds)
        .Append(crash.CrashSeconds)
        .Max();

    private static List<Note> Notes(IReadOnlyList<CrashTimeline> crashes)
    {
        double[] suspicions = [..
            crashes.Select(crash => crash.FirstSuspicionSeconds - crash.CrashSeconds).OfType<double>().Order()];
        double[] removals = [.. crashes.Select(LastRemoval).Where(double.IsFinite).Order()];
        var notes = new List<Note>();
        if (suspicions.Length > 0) notes.Add(new Note(Say($"first suspicion: {Range(suspicions)} after the crash")));
        if (removals.Length > 0)
            notes.Add(new Note(Say($"removed at the last seed node: {Range(removals)} after the crash")));
        int never = crashes.Count(crash => crash.Removals.Count == 0);
        if (never > 0) notes.Add(new Note(Say($"never removed: {Count(never, "peer", "peers")}")));
        return notes;
    }

    private static string Range(double[] ascending) => ascending.Length switch
    {
        1 => Say($"{ascending[0]:0.00}\u00a0s"),
        <= MostRows => Say($"{ascending[0]:0.00} to {ascending[^1]:0.00}\u00a0s"),
        _ => Say($"{ascending[0]:0.00} to {ascending[^1]:0.00}\u00a0s, median ")
            + Say($"{Percentile.NearestRank(ascending, 50):0.00}\u00a0s"),
    };

    private static string Caption(CrashTimeline[] rows) => rows.Length == 0
        ? "Without a crash there is nothing to detect."
        : "Read a row from left to right: a neighbor misses answers and suspects the peer, the neighbors agree and "
            + "report it, and a quorum of seed nodes probes for itself and commits the removal. Where a mark is "
            + "missing, that step never happened.";
}
