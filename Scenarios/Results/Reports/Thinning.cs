using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Fewer points for figures of very many receipts: those at evenly spaced ranks, so that the curve through them is the
/// curve through all, to within one part of how many are left. No other figure of a run is computed from them.
/// </summary>
internal static class Thinning
{
    /// <summary>Our choice: a curve is 600 steps wide, and sorting so many takes no time.</summary>
    public const int MostPoints = 500_000;

    /// <summary>At most so many values, the smallest and the largest among them; all when there are fewer.</summary>
    public static double[] ByRank(double[] values, int most = MostPoints)
    {
        if (values.Length <= most) return values;
        var ascending = (double[])values.Clone();
        Array.Sort(ascending);
        var kept = new double[most];
        for (var place = 0; place < most; place++)
            kept[place] = ascending[(long)place * (ascending.Length - 1) / (most - 1)];
        return kept;
    }

    /// <summary>The same spread with fewer receipts among fewer peers; one that missed somebody still does.</summary>
    public static MessageSpread Of(MessageSpread spread, int most)
    {
        var receipts = spread.ReceiptDelaysMs.Count;
        if (receipts <= most) return spread;
        var peers = (int)(((long)spread.EligiblePeers * most + receipts - 1) / receipts);
        return new MessageSpread(ByRank([.. spread.ReceiptDelaysMs], most), peers);
    }
}
