namespace GossipSim.Analysis;

/// <summary>
/// The Kolmogorov-Smirnov distance of a tail to a fitted law, without a look at every value: both fall from value to
/// value, so the two ends of a stretch bound the distance within it, and a stretch that cannot hold a larger one than
/// was found is left out. What is found is exact.
/// </summary>
internal ref struct DistanceSearch(ValueHistogram histogram, int index, double limit, ZetaTail law)
{
    /// <summary>So few values are looked at one by one; our choice.</summary>
    private const int Few = 6;

    private readonly ReadOnlySpan<double> values = histogram.Values;
    private readonly double share = 1.0 / histogram.CountFrom[index];
    private double distance;

    /// <summary>The value after which, or before which, the distance was found.</summary>
    public int Farthest { get; private set; }

    /// <summary>Distances that were looked at: at most two and a half for each distinct value.</summary>
    public int Looks { get; private set; }

    /// <summary>Infinity once the limit is reached, and for a law without finite probabilities.</summary>
    /// <param name="hint">Where to look first: where the distance of a similar tail was found.</param>
    public double Find(int hint)
    {
        int last = values.Length - 1;
        if (hint > index && hint < last)
        {
            Note(After(hint) - Above(hint), hint);
            NoteBefore(hint);
        }
        double first = After(index), end = After(last);
        // The share of the values above the last one is zero.
        Note(first - Above(index), index);
        Note(end, last);
        Search(index, last, first, end);
        return distance < limit ? distance : double.PositiveInfinity;
    }

    /// <summary>Looks at the distances after from+1 .. to-1 and at all gaps between from and to.</summary>
    /// <param name="high">The law after the value at from: at most that much in between.</param>
    /// <param name="low">The law after the value at to: less than what is in between.</param>
    private void Search(int from, int to, double high, double low)
    {
        if (!(distance < limit)) return;
        double largest = Math.Max(high - Above(to - 1), Above(from) - low);
        if (largest <= distance) return;
        if (to - from <= Few)
        {
            for (int i = from; i < to; i++)
            {
                if (i > from) Note(After(i) - Above(i), i);
                NoteBefore(i + 1);
            }
            return;
        }
        int middle = (from + to) / 2;
        double there = After(middle);
        Note(there - Above(middle), middle);
        Search(from, middle, high, there);
        Search(middle, to, there, low);
    }

    private readonly double After(int i) => law.AtLeast(values[i] + 1, histogram.NextLogs[i]);

    /// <summary>The share of the tail above the value.</summary>
    private readonly double Above(int i) => histogram.CountFrom[i + 1] * share;

    /// <summary>At the end of the gap below a value.</summary>
    private void NoteBefore(int i)
    {
        if (values[i] > values[i - 1] + 1) Note(law.AtLeast(values[i], histogram.Logs[i]) - Above(i - 1), i);
    }

    /// <summary>A NaN, which compares to nothing, must not pass for a perfect fit.</summary>
    private void Note(double deviation, int at)
    {
        Looks++;
        double size = Math.Abs(deviation);
        if (size <= distance) return;
        distance = double.IsNaN(size) ? double.PositiveInfinity : size;
        Farthest = at;
    }
}
