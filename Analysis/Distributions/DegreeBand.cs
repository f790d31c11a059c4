namespace GossipSim.Analysis;

/// <summary>
/// The complementary cumulative degree distributions of several overlays beside each other: at each degree that occurs
/// in any of them the share of peers with that many neighbors or more, in the first overlay, and the least and the
/// most of all. They are not pooled: degrees of one overlay depend on each other.
/// </summary>
public static class DegreeBand
{
    /// <summary>In ascending order of degrees; degrees below 1 count as peers, and have no row.</summary>
    public static IReadOnlyList<DegreeBandRow> Of(IReadOnlyList<int[]> overlays)
    {
        int[][] ascending = [.. overlays.Select(degrees => degrees.Order().ToArray())];
        int[] occurring = [.. ascending.SelectMany(degrees => degrees).Where(degree => degree >= 1).Distinct().Order()];
        var rows = new DegreeBandRow[occurring.Length];
        var below = new int[ascending.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double first = 0, least = 1, most = 0;
            for (int overlay = 0; overlay < ascending.Length; overlay++)
            {
                int[] degrees = ascending[overlay];
                while (below[overlay] < degrees.Length && degrees[below[overlay]] < occurring[i]) below[overlay]++;
                double share = (double)(degrees.Length - below[overlay]) / degrees.Length;
                if (overlay == 0) first = share;
                least = Math.Min(least, share);
                most = Math.Max(most, share);
            }
            rows[i] = new DegreeBandRow(occurring[i], first, least, most);
        }
        return rows;
    }
}

/// <summary>Shares of peers with at least so many neighbors: in the first overlay, and the extremes of all.</summary>
public readonly record struct DegreeBandRow(int Degree, double First, double Least, double Most);
