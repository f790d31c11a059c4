using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>How many first receipts had crossed so many links.</summary>
public readonly record struct HopReceipts(int Hops, long Receipts);

/// <summary>
/// How many links messages cross: the share of receipts at each number of hops, beside the share of messages whose last
/// receipt had crossed so many.
/// </summary>
public static class HopFigure
{
    private const double BarWidth = 0.38;

    /// <param name="lastHops">Of each message the hops of the receipt that came last.</param>
    public static Figure Create(IReadOnlyList<HopReceipts> hops, IReadOnlyList<int> lastHops)
    {
        double receipts = hops.Sum(hop => (double)hop.Receipts);
        return new Figure
        {
            Name = "hop-histogram",
            Title = "Hops: how many links does a message cross?",
            Subtitle = receipts == 0
                ? "No message was received"
                : "Share of first receipts, and of messages, by links crossed from the publisher",
            Caption = receipts == 0 ? "Without receipts there is nothing to draw." : Caption(hops, receipts),
            Panel = new Panel
            {
                X = new Axis("hops (links crossed)") { WholeNumbers = true },
                Y = new Axis("share") { Minimum = 0, Percent = true },
                Series = receipts == 0 ? [] :
                [
                    new BarSeries(
                        Say($"first receipts ({receipts:#,0})"), new SeriesStyle(PaletteColor.Blue),
                        [.. hops.Select(hop => new PlotPoint(hop.Hops - BarWidth / 2, hop.Receipts / receipts))],
                        BarWidth),
                    new BarSeries(
                        Say($"messages, by the hops of their last receipt ({lastHops.Count:#,0})"),
                        new SeriesStyle(PaletteColor.Orange),
                        [.. lastHops.GroupBy(hop => hop).OrderBy(hop => hop.Key).Select(hop => new PlotPoint(
                            hop.Key + BarWidth / 2, (double)hop.Count() / lastHops.Count))],
                        BarWidth),
                ],
                Notes = [.. Notes(hops, lastHops, receipts)],
            },
        };
    }

    private static IEnumerable<Note> Notes(
        IReadOnlyList<HopReceipts> hops, IReadOnlyList<int> lastHops, double receipts)
    {
        if (receipts == 0) yield break;
        double mean = hops.Sum(hop => hop.Hops * (hop.Receipts / receipts));
        yield return new Note(Say($"mean over receipts: {mean:0.00} hops, at most {hops.Max(hop => hop.Hops)}"));
        if (lastHops.Count > 0)
            yield return new Note(Say($"mean of the last delivery hop: {lastHops.Average():0.00}"));
    }

    private static string Caption(IReadOnlyList<HopReceipts> hops, double receipts)
    {
        HopReceipts most = hops.MaxBy(hop => hop.Receipts);
        return Say($"Most receipts, {most.Receipts / receipts:P0}, come after {Count(most.Hops, "hop", "hops")}. The ")
            + "last delivery hop of a message is how far its flood had to go to reach everybody; it exceeds the "
            + "shortest path where a longer way was the faster one.";
    }
}
