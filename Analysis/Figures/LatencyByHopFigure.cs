using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>First receipts that crossed one number of links.</summary>
/// <param name="AscendingMs">Their latencies; of very many receipts some of them.</param>
public sealed record HopLatency(int Hops, long Receipts, double[] AscendingMs, double SlowestMs);

/// <summary>How long first receipts took by the number of links they crossed: a box for each number.</summary>
public static class LatencyByHopFigure
{
    private const double RowHeight = 36;

    public static Figure Create(IReadOnlyList<HopLatency> hops) => new()
    {
        Name = "latency-by-hop",
        Title = "Latency by hop: what does each further link cost?",
        Subtitle = hops.Count == 0
            ? "No message was received"
            : "Time from publication to first receipt, by links crossed from the publisher",
        Caption = hops.Count == 0 ? "Without receipts there is nothing to draw." : Caption(hops),
        Panel = new Panel
        {
            Height = Math.Max(120, RowHeight * hops.Count),
            X = new Axis("time from publication to first receipt (ms)") { Minimum = 0 },
            Y = new Axis("")
            {
                Rows = [.. hops.Select(hop => Say($"{Count(hop.Hops, "hop", "hops")}, n = {hop.Receipts:#,0}"))],
            },
            Series = hops.Count == 0 ? [] :
            [
                new BoxSeries(
                    "quartiles, 5 % and 95 %", new SeriesStyle(PaletteColor.Blue),
                    [.. hops.Select((hop, row) => RowBox.Of(row, hop.AscendingMs))]),
                new PointSeries(
                    "slowest", new SeriesStyle(PaletteColor.Neutral, Mark: MarkShape.Cross),
                    [.. hops.Select((hop, row) => new PlotPoint(hop.SlowestMs, row))]),
            ],
            Notes = hops.Count == 0 ? [] :
                [new Note(Say($"n = {hops.Sum(hop => hop.Receipts):#,0} receipts by flooding"))],
        },
    };

    private static string Caption(IReadOnlyList<HopLatency> hops)
    {
        HopLatency first = hops[0], last = hops[^1];
        string reading = Say($"Half of the receipts after {Count(first.Hops, "hop", "hops")} came within ")
            + MedianOf(first);
        return (first == last
                ? reading
                : reading + Say($", after {Count(last.Hops, "hop", "hops")} within {MedianOf(last)}"))
            + ". A box reaches from the first to the third quartile, its whiskers from the 5th to the 95th "
            + "percentile; n counts the receipts. Each peer takes the first copy, so long ways show here only where "
            + "they were fast.";
    }

    private static string MedianOf(HopLatency hop) => Milliseconds(Percentile.NearestRank(hop.AscendingMs, 50));
}
