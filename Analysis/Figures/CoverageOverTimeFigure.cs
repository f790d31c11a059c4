using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>
/// How a message spreads: the share of live peers that have it against the time since its publication, as the median
/// over messages with the band from the 5th to the 95th percentile.
/// </summary>
public static class CoverageOverTimeFigure
{
    private const int GridPoints = 240;

    private static readonly SeriesStyle[] Styles =
    [
        new(PaletteColor.Blue),
        new(PaletteColor.Vermillion, LineDash.Dashed),
        new(PaletteColor.Green, LineDash.DashDotted),
    ];

    /// <summary>Throws <see cref="ArgumentException"/> for more than three groups.</summary>
    public static Figure Create(IReadOnlyList<CoverageGroup> groups)
    {
        if (groups.Count > Styles.Length)
            throw new ArgumentException($"At most {Styles.Length} groups can be told apart.", nameof(groups));

        Spread[] drawn = [.. groups.Select(Spread.Of).Where(spread => spread.Delays.Length > 0)];
        double[] all = [.. drawn.SelectMany(group => group.Delays.SelectMany(delays => delays))];
        Axis axis = LatencyAxis.For("time since publication (ms)", all);
        double[] grid = Grid(axis, all);
        return new Figure
        {
            Name = "coverage-over-time",
            Title = "Coverage: how fast does a message reach everyone?",
            Subtitle = drawn.Length == 0
                ? "No message was published that a peer could have received"
                : "Share of live peers that have received a message, by time since it was published",
            Caption = drawn.Length == 0
                ? "Without messages there is nothing to draw."
                : "The line is the median over messages: at that time half of them had come at least so far. "
                    + "The band holds nine in ten messages. A curve that levels off below 100 % shows messages "
                    + "that did not reach everyone.",
            Panel = new Panel
            {
                X = axis,
                Y = new Axis("share of live peers reached") { Minimum = 0, Maximum = 1.02, Percent = true },
                Series = [.. drawn.SelectMany((group, i) => Draw(group, Styles[i], grid))],
                Notes = [.. drawn.SelectMany(Notes)],
            },
        };
    }

    private static double[] Grid(Axis axis, double[] all)
    {
        double end = axis.Maximum ?? (all.Length == 0 ? 1 : all.Max() * 1.03), start = axis.Minimum ?? 0;
        var grid = new double[GridPoints + 1];
        for (int i = 0; i <= GridPoints; i++)
        {
            double share = (double)i / GridPoints;
            grid[i] = axis.Scale == AxisScale.Logarithmic
                ? start * Math.Pow(end / start, share)
                : start + share * (end - start);
        }
        return grid;
    }

    private static Series[] Draw(Spread group, SeriesStyle style, double[] grid)
    {
        var median = new List<PlotPoint>();
        var band = new List<BandPoint>();
        var shares = new double[group.Delays.Length];
        foreach (double time in grid)
        {
            for (int i = 0; i < shares.Length; i++)
                shares[i] = Math.Min(1, (double)CountAtMost(group.Delays[i], time) / group.Peers[i]);
            Array.Sort(shares);
            median.Add(new PlotPoint(time, Percentile.NearestRank(shares, 50)));
            band.Add(new BandPoint(time, Percentile.NearestRank(shares, 5), Percentile.NearestRank(shares, 95)));
        }
        return
        [
            new BandSeries(Say($"{group.Name}: 5 % to 95 % of messages"), style, band),
            new StepSeries(Say($"{group.Name}: median message"), style, median),
        ];
    }

    private static int CountAtMost(double[] ascending, double limit)
    {
        int index = Array.BinarySearch(ascending, limit);
        if (index < 0) return ~index;
        while (index < ascending.Length && ascending[index] == limit) index++;
        return index;
    }

    private static IEnumerable<Note> Notes(Spread group)
    {
        yield return Note.Heading(Say($"{group.Name}: {Count(group.Delays.Length, "message", "messages")}"));
        foreach (double share in new[] { 0.5, 0.9, 0.99, 1 })
        {
            // A message that never came so far counts as infinitely slow.
            double[] times = [.. group.Delays.Select((delays, i) => TimeTo(share, delays, group.Peers[i])).Order()];
            double median = Percentile.NearestRank(times, 50);
            yield return new Note(double.IsFinite(median)
                ? Say($"{share:P0} reached after {Milliseconds(median)}")
                : Say($"{share:P0} never reached by half of them"));
        }
    }

    private static double TimeTo(double share, double[] ascending, int peers)
    {
        int needed = (int)Math.Ceiling(share * peers - 1e-9);
        return needed <= ascending.Length ? ascending[Math.Max(needed, 1) - 1] : double.PositiveInfinity;
    }

    /// <summary>The messages of a group that anybody could receive, their delays in ascending order.</summary>
    private readonly record struct Spread(string Name, double[][] Delays, int[] Peers)
    {
        public static Spread Of(CoverageGroup group)
        {
            MessageSpread[] messages = [.. group.Messages.Where(message => message.EligiblePeers > 0)];
            return new Spread(
                group.Name,
                [.. messages.Select(message => message.ReceiptDelaysMs.Order().ToArray())],
                [.. messages.Select(message => message.EligiblePeers)]);
        }
    }
}
