using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>A first receipt of one message.</summary>
/// <param name="Peer">Who got it, by any number of its own.</param>
/// <param name="From">From whom; the origin and all receivers have numbers.</param>
public readonly record struct DrawnReceipt(int Peer, int From, double Ms, int Hops);

/// <summary>
/// Who got one message from whom, and when: each peer is a height, in the order in which they got it, and each line is
/// a copy on its way from the moment its sender had the message.
/// </summary>
public static class SpaceTimeFigure
{
    private static readonly SeriesStyle[] hopStyles =
    [
        new(PaletteColor.Blue), new(PaletteColor.Green, Mark: MarkShape.Square),
        new(PaletteColor.Orange, Mark: MarkShape.Triangle), new(PaletteColor.Purple, Mark: MarkShape.Diamond),
    ];

    /// <param name="message">What to call it: its id.</param>
    /// <param name="why">Why it is this one, as the end of a sentence.</param>
    /// <param name="crashMs">When a peer crashed meanwhile, on the same clock.</param>
    public static Figure Create(
        string message, string why, int origin, IReadOnlyList<DrawnReceipt> receipts, double? crashMs)
    {
        DrawnReceipt[] inOrder = [.. receipts.OrderBy(receipt => receipt.Ms).ThenBy(receipt => receipt.Peer)];
        var rows = new Dictionary<int, (int Row, double Ms)> { [origin] = (0, 0) };
        foreach (DrawnReceipt receipt in inOrder) rows.TryAdd(receipt.Peer, (rows.Count, receipt.Ms));
        return new Figure
        {
            Name = "space-time",
            Title = "One message in space and time: who got it from whom?",
            Subtitle = Say($"Message {message}, {why}: {Count(inOrder.Length, "receipt", "receipts")}"),
            Caption = "Each mark is the first receipt of the message at one peer; the lowest is its publisher. The "
                + "line to a mark begins when the sender had the message, so its horizontal length is the time on that "
                + "link. Many lines from one mark show a hub.",
            Detail = "Later copies are not drawn.",
            Panel = new Panel
            {
                Height = Math.Clamp(2.2 * inOrder.Length, 240, 620),
                X = new Axis("time since publication (ms)"),
                Y = new Axis("peers, in the order in which they got it") { WholeNumbers = true },
                Series = AllSeries(inOrder, rows),
                Markers = crashMs is { } at ? [new VerticalMarker(at, "crash", PaletteColor.Vermillion)] : [],
                Notes = [.. Notes(inOrder)],
            },
        };
    }

    private static List<Series> AllSeries(DrawnReceipt[] receipts, Dictionary<int, (int Row, double Ms)> rows)
    {
        PlotPoint At(int peer) => new(rows[peer].Ms, rows[peer].Row);
        var series = new List<Series>
        {
            new SegmentSeries(
                "copy on its way", new SeriesStyle(PaletteColor.Neutral),
                [.. receipts.Where(receipt => rows.ContainsKey(receipt.From))
                    .Select(receipt => new Segment(At(receipt.From), At(receipt.Peer)))],
                0.4),
        };
        int last = hopStyles.Length;
        for (int hops = 1; hops <= last; hops++)
        {
            PlotPoint[] points = [.. receipts.Where(receipt => Math.Min(Math.Max(receipt.Hops, 1), last) == hops)
                .Select(receipt => At(receipt.Peer))];
            string label = Say($"after {Count(hops, "hop", "hops")}") + (hops == last ? " or more" : "");
            if (points.Length > 0) series.Add(new PointSeries(label, hopStyles[hops - 1], points));
        }
        series.Add(new PointSeries(
            "publisher", new SeriesStyle(PaletteColor.Vermillion, Mark: MarkShape.Cross), [new PlotPoint(0, 0)]));
        return series;
    }

    private static IEnumerable<Note> Notes(DrawnReceipt[] receipts)
    {
        if (receipts.Length == 0) yield break;
        yield return new Note(Say($"half had it after {Milliseconds(receipts[(receipts.Length - 1) / 2].Ms)}"));
        yield return new Note(Say($"the last after {Milliseconds(receipts[^1].Ms)}"));
        var busiest = receipts.GroupBy(receipt => receipt.From).MaxBy(from => from.Count())!;
        yield return new Note(Say($"most first copies from one peer: {busiest.Count():#,0}"));
    }
}
