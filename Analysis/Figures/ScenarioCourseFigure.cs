using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>One message on the clock of the scenario.</summary>
/// <param name="Seconds">When it was published.</param>
/// <param name="Flooded">Share of the peers live at that moment that got it by flooding.</param>
/// <param name="Reached">That share with all that got it later by repair.</param>
/// <param name="P50Ms">Median time of the receipts by flooding; null without any.</param>
/// <param name="P90Ms">Their 90th percentile.</param>
public readonly record struct CourseMessage(
    double Seconds, double Flooded, double Reached, double? P50Ms, double? P90Ms);

/// <summary>Counts at one moment: peers that run, and members in the lists of the live seed nodes.</summary>
public readonly record struct MemberSample(double Seconds, int LivePeers, int FewestListed, int MostListed);

/// <summary>
/// How a run went, on the clock of its scenario, one panel under the other: how far messages came by when they were
/// published, how long they took, and how many members there were. Faults are marked in all three.
/// </summary>
public static class ScenarioCourseFigure
{
    private const double Height = 190;

    /// <summary>Messages are averaged over so many parts of the scenario; our choice.</summary>
    private const int MostIntervals = 60;

    /// <summary>Points of a curve that has a mark on each; more would hide the lines.</summary>
    private const int MostMarks = 12;

    private static readonly SeriesStyle Median = new(PaletteColor.Blue);
    private static readonly SeriesStyle Tail = new(PaletteColor.Orange, LineDash.Dashed, MarkShape.Square);
    private static readonly SeriesStyle Late = new(PaletteColor.Green, LineDash.Dotted, MarkShape.Diamond);

    /// <param name="messages">In any order.</param>
    /// <param name="members">In the order of time; each holds until the next.</param>
    /// <param name="marks">Faults and their ends in the order of time.</param>
    /// <param name="endSeconds">End of the scenario.</param>
    public static Figure Create(
        IReadOnlyList<CourseMessage> messages, IReadOnlyList<MemberSample> members,
        IReadOnlyList<(double Seconds, string Label)> marks, double endSeconds)
    {
        CourseMessage[][] intervals =
        [
            .. messages.GroupBy(message => (int)(message.Seconds / endSeconds * MostIntervals))
                .OrderBy(interval => interval.Key).Select(interval => interval.ToArray()),
        ];
        IReadOnlyList<VerticalMarker> lines = FaultMarkers.Of(marks, withLabels: false);
        Axis time = new("scenario time (s)") { Minimum = 0, Maximum = endSeconds };
        Axis unlabelled = time with { Label = "" };
        return new Figure
        {
            Name = "scenario-course",
            Title = "Course of the run: what did the faults do, and when was it over?",
            Subtitle = "Coverage and delivery time by when a message was published, and members, over scenario time",
            Caption = "Dashed vertical lines are faults and their ends. Where the upper curve dips, flooding did not "
                + "reach all live peers; the dotted curve adds those that got the message later by repair. Live peers "
                + "above the listed members wait to be registered, listed members above the live peers are not "
                + "removed yet.",
            Panel = new Panel
            {
                Height = Height,
                X = unlabelled,
                Y = new Axis("share of live peers") { Minimum = 0, Maximum = 1.04, Percent = true },
                Series = Coverage(intervals),
                Markers = FaultMarkers.Of(marks),
                Notes = [.. FaultMarkers.Notes(marks)],
            },
            PanelsBelow =
            [
                new Panel
                {
                    Height = Height, X = unlabelled, Y = new Axis("time to receipt (ms)") { Minimum = 0 },
                    Series = Latency(intervals), Markers = lines,
                },
                new Panel
                {
                    Height = Height, X = time, Y = new Axis("peers") { WholeNumbers = true },
                    Series = Members(members, endSeconds), Markers = lines,
                },
            ],
        };
    }

    private static IReadOnlyList<Series> Coverage(CourseMessage[][] intervals) =>
    [
        new RibbonSeries(
            "by flooding: least to most", Median,
            [.. intervals.Select(messages => new BandPoint(
                Middle(messages), messages.Min(each => each.Flooded), messages.Max(each => each.Flooded)))]),
        .. Curve("by flooding: mean message", Median, intervals, messages => messages.Average(m => m.Flooded)),
        .. Curve("in the end: mean message", Late, intervals, messages => messages.Average(m => m.Reached)),
    ];

    private static IReadOnlyList<Series> Latency(CourseMessage[][] intervals) =>
    [
        .. Curve(
            "90 % of receipts within, median message", Tail, intervals,
            messages => MedianOf(messages.Select(message => message.P90Ms))),
        .. Curve(
            "half of receipts within, median message", Median, intervals,
            messages => MedianOf(messages.Select(message => message.P50Ms))),
    ];

    private static IEnumerable<Series> Curve(
        string label, SeriesStyle style, CourseMessage[][] intervals, Func<CourseMessage[], double?> value)
    {
        PlotPoint[] points = [.. intervals.Where(messages => value(messages) is not null)
            .Select(messages => new PlotPoint(Middle(messages), value(messages)!.Value))];
        yield return new LineSeries(label, style, points);
        if (points.Length <= MostMarks) yield return new PointSeries(null, style, points);
    }

    private static IReadOnlyList<Series> Members(IReadOnlyList<MemberSample> members, double endSeconds)
    {
        MemberSample[] all = members.Count == 0 ? [] : [.. members, members[^1] with { Seconds = endSeconds }];
        PlotPoint[] Steps(Func<MemberSample, int> count) =>
            [.. all.Select(sample => new PlotPoint(sample.Seconds, count(sample)))];
        return
        [
            new StepSeries("live peers", Median, Steps(sample => sample.LivePeers)),
            new StepSeries("listed by the seed node with most", Tail, Steps(sample => sample.MostListed)),
            new StepSeries("listed by the one with fewest", Late, Steps(sample => sample.FewestListed)),
        ];
    }

    private static double Middle(CourseMessage[] messages) => messages.Average(message => message.Seconds);

    private static double? MedianOf(IEnumerable<double?> values)
    {
        double[] ascending = [.. values.OfType<double>().Order()];
        return ascending.Length == 0 ? null : Percentile.NearestRank(ascending, 50);
    }
}
