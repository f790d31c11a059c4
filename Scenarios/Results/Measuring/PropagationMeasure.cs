using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>What the first receipts of a run tell hop by hop, and how its copies compare with plain flooding.</summary>
internal static class PropagationMeasure
{
    /// <summary>
    /// Our choice: beyond so many receipts percentiles by hop come from every k-th of them, so that they need no
    /// memory that grows with the run.
    /// </summary>
    private const int MostReceiptsSorted = 2_000_000;

    public static PropagationSummary Of(IReadOnlyList<MessageMeasure> messages) => new()
    {
        ByHop = ByHop(messages),
        LastDeliveryHop = LastHops(messages),
        RelativeRedundancy = Ratio(
            messages.Sum(m => (double)m.Message.Duplicates), messages.Sum(m => (double)m.Deliveries)),
        RelativeRedundancyOfFlooding = OfFlooding(messages),
    };

    /// <summary>The median latency of each message that was received by flooding.</summary>
    public static double[] MediansMs(IEnumerable<MessageMeasure> messages) =>
        [.. messages.Select(m => m.LatencyMs.P50).OfType<double>()];

    private static List<HopRow> ByHop(IReadOnlyList<MessageMeasure> messages)
    {
        var flooded = messages.Sum(m => (long)(m.Deliveries - m.Recovered));
        var step = Math.Max(1, (flooded + MostReceiptsSorted - 1) / MostReceiptsSorted);
        var (counts, longest, sorted) = (new List<long>(), new List<double>(), new List<List<double>>());
        var seen = 0L;
        foreach (var measure in messages)
        {
            foreach (ref readonly var receipt in measure.Message.Receipts)
            {
                if (receipt.Recovered) continue;
                while (counts.Count <= receipt.Hops)
                {
                    counts.Add(0);
                    longest.Add(0);
                    sorted.Add([]);
                }

                var delay = (receipt.At - measure.Message.PublishedAt!.Value).TotalMilliseconds;
                counts[receipt.Hops]++;
                longest[receipt.Hops] = Math.Max(longest[receipt.Hops], delay);
                if (seen++ % step == 0) sorted[receipt.Hops].Add(delay);
            }
        }

        var rows = new List<HopRow>();
        for (var hops = 0; hops < counts.Count; hops++)
        {
            if (counts[hops] == 0) continue;
            var latency = Durations.Of(sorted[hops]) with { Max = Math.Round(longest[hops], 3) };
            rows.Add(new HopRow(hops, counts[hops], latency));
        }

        return rows;
    }

    private static LastHopSummary LastHops(IReadOnlyList<MessageMeasure> messages)
    {
        double[] hops = [.. messages.Select(m => m.LastDeliveryHop).OfType<int>().Select(hop => (double)hop).Order()];
        return hops.Length == 0 ? new LastHopSummary() : new LastHopSummary
        {
            Mean = hops.Average(), P50 = Percentile.NearestRank(hops, 50), Max = (int)hops[^1],
        };
    }

    /// <summary>
    /// The origin sends to all its neighbors, everybody else to all but one: 2E - (N-1) copies reach N-1 peers.
    /// </summary>
    private static double? OfFlooding(IReadOnlyList<MessageMeasure> messages)
    {
        var floods = messages.Where(m => m.Message.PeersThen > 1).Select(m => m.Message).ToList();
        var needed = floods.Sum(m => m.PeersThen - 1.0);
        return Ratio(floods.Sum(m => (2.0 * m.LinksThen) - (2.0 * (m.PeersThen - 1))), needed);
    }

    private static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}
