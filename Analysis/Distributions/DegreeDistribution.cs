namespace GossipSim.Analysis;

/// <summary>How many nodes have each degree, in ascending order of the degrees that occur.</summary>
public sealed class DegreeDistribution
{
    private DegreeDistribution(int[] values, int[] counts)
    {
        Values = values;
        Counts = counts;
        for (int i = 0; i < values.Length; i++)
        {
            Total += counts[i];
            Mean += (double)values[i] * counts[i];
        }
        if (Total > 0) Mean /= Total;
    }

    public IReadOnlyList<int> Values { get; }

    public IReadOnlyList<int> Counts { get; }

    public int Total { get; }

    /// <summary>0 for no nodes.</summary>
    public double Mean { get; }

    public int Max => Values.Count == 0 ? 0 : Values[^1];

    public static DegreeDistribution Of(ReadOnlySpan<int> degrees)
    {
        int[] ascending = degrees.ToArray();
        Array.Sort(ascending);
        var values = new List<int>();
        var counts = new List<int>();
        foreach (int degree in ascending)
        {
            if (values.Count == 0 || values[^1] != degree)
            {
                values.Add(degree);
                counts.Add(0);
            }
            counts[^1]++;
        }
        return new DegreeDistribution([.. values], [.. counts]);
    }

    /// <summary>(k, P(X = k)) for every degree that occurs; no binning.</summary>
    public IReadOnlyList<PlotPoint> ProbabilityMass()
    {
        var points = new PlotPoint[Values.Count];
        for (int i = 0; i < points.Length; i++) points[i] = new PlotPoint(Values[i], (double)Counts[i] / Total);
        return points;
    }

    /// <summary>(k, P(X >= k)) for every degree that occurs: 1 at the smallest.</summary>
    public IReadOnlyList<PlotPoint> ComplementaryCumulative()
    {
        var points = new PlotPoint[Values.Count];
        int atLeast = Total;
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new PlotPoint(Values[i], (double)atLeast / Total);
            atLeast -= Counts[i];
        }
        return points;
    }
}
