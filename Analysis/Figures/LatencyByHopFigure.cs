using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>How long first receipts took by the number of links they crossed.</summary>
public static class LatencyByHopFigure
{
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
            X = new Axis("hops (links crossed)") { WholeNumbers = true },
            Y = new Axis("time to first receipt (ms)") { Minimum = 0 },
            Series = hops.Count == 0 ? [] :
            [
                new LineSeries(
                    "median", new SeriesStyle(PaletteColor.Blue),
                    [.. hops.Select(hop => new PlotPoint(hop.Hops, hop.P50Ms))]),
                new PointSeries(
                    null, new SeriesStyle(PaletteColor.Blue),
                    [.. hops.Select(hop => new PlotPoint(hop.Hops, hop.P50Ms))]),
                new LineSeries(
                    "90th percentile", new SeriesStyle(PaletteColor.Orange, LineDash.Dashed),
                    [.. hops.Select(hop => new PlotPoint(hop.Hops, hop.P90Ms))]),
                new PointSeries(
                    null, new SeriesStyle(PaletteColor.Orange, Mark: MarkShape.Square),
                    [.. hops.Select(hop => new PlotPoint(hop.Hops, hop.P90Ms))]),
                new PointSeries(
                    "slowest", new SeriesStyle(PaletteColor.Neutral, Mark: MarkShape.Cross),
                    [.. hops.Select(hop => new PlotPoint(hop.Hops, hop.MaxMs))]),
            ],
            Notes = [.. Notes(hops)],
        },
    };

    private static IEnumerable<Note> Notes(IReadOnlyList<HopLatency> hops)
    {
        if (hops.Count == 0) yield break;
        yield return new Note(Say($"n = {hops.Sum(hop => hop.Receipts):#,0} receipts by flooding"));
        foreach (HopLatency hop in hops.Where(hop => hop.Receipts == hops.Min(other => other.Receipts)).Take(1))
            yield return new Note(Say($"fewest at {Count(hop.Hops, "hop", "hops")}: {hop.Receipts:#,0}"));
    }

    private static string Caption(IReadOnlyList<HopLatency> hops)
    {
        HopLatency first = hops[0], last = hops[^1];
        string reading = Say($"Half of the receipts after {Count(first.Hops, "hop", "hops")} came within ")
            + Say($"{Milliseconds(first.P50Ms)}");
        return (first == last
                ? reading
                : reading + Say($", after {Count(last.Hops, "hop", "hops")} within {Milliseconds(last.P50Ms)}"))
            + ". Each peer takes the first copy, so long ways show here only where they were fast: the curve bends "
            + "below a straight line.";
    }
}
