namespace GossipSim.Analysis;

/// <summary>
/// Draws semi-parametric replicates of a histogram (Clauset, Shalizi and Newman 2009, section 4.1): as many values
/// as the data, each from the fitted tail with probability ntail/n, else one of the body's values at random.
/// </summary>
/// <remarks>
/// Only counts are drawn: a binomial splits body from tail, conditional binomials fill the frequent values, and the
/// few rare large ones are drawn one by one. That is the same law as n single draws at a fraction of the cost.
/// Immutable, so all threads share one.
/// </remarks>
internal sealed class ReplicateSampler
{
    /// <summary>A value is worth a binomial of its own while it is expected this often; our choice.</summary>
    private const double FrequentFrom = 4;

    private const int FrequentLimit = 1 << 12;
    private const int TableLimit = 1 << 16;

    /// <summary>Doubles count no further than 2^53 in steps of one.</summary>
    private const double LargestInteger = 9007199254740992;

    private readonly ValueHistogram data;
    private readonly PowerLawFit fit;
    private readonly double xmin;
    private readonly double[] hazards;
    private readonly double[] rareTail;
    private readonly ZetaTail beyond = new();

    public ReplicateSampler(ValueHistogram data, PowerLawFit fit)
    {
        this.data = data;
        this.fit = fit;
        xmin = data.Values[fit.XminIndex];
        int ntail = data.CountFrom[fit.XminIndex];
        beyond.Prepare(fit.Alpha, xmin, LargestInteger);

        // hazards[i] = P(X = xmin + i | X >= xmin + i)
        var frequent = new List<double>();
        double atLeast = 1;
        while (frequent.Count < FrequentLimit)
        {
            double next = AtLeast(xmin + frequent.Count + 1);
            double mass = atLeast - next;
            if (mass * ntail < FrequentFrom || next <= 0) break;
            frequent.Add(mass / atLeast);
            atLeast = next;
        }
        hazards = [.. frequent];

        // rareTail[i] = P(X >= first rare + i | X >= first rare)
        int length = (int)Math.Clamp(2 * (data.Largest - xmin), 1024, TableLimit);
        rareTail = new double[length];
        for (int i = 0; i < length; i++) rareTail[i] = AtLeast(FirstRare + i) / atLeast;
    }

    private double FirstRare => xmin + hazards.Length;

    public ValueHistogram Draw(ref CounterRandom random)
    {
        var values = new List<double>(data.Distinct + 64);
        var counts = new List<int>(data.Distinct + 64);
        int ntail = BinomialSampler.Draw(data.Total, (double)data.CountFrom[fit.XminIndex] / data.Total, ref random);
        DrawBody(data.Total - ntail, values, counts, ref random);
        DrawTail(ntail, values, counts, ref random);
        return ValueHistogram.OfDistinct(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts));
    }

    private void DrawBody(int draws, List<double> values, List<int> counts, ref CounterRandom random)
    {
        int remaining = data.Total - data.CountFrom[fit.XminIndex];
        for (int i = 0; i < fit.XminIndex && draws > 0; i++)
        {
            int count = BinomialSampler.Draw(draws, (double)data.Counts[i] / remaining, ref random);
            remaining -= data.Counts[i];
            draws -= count;
            Add(data.Values[i], count, values, counts);
        }
    }

    private void DrawTail(int draws, List<double> values, List<int> counts, ref CounterRandom random)
    {
        for (int i = 0; i < hazards.Length && draws > 0; i++)
        {
            int count = BinomialSampler.Draw(draws, hazards[i], ref random);
            draws -= count;
            Add(xmin + i, count, values, counts);
        }

        var rare = new double[draws];
        for (int i = 0; i < draws; i++) rare[i] = DrawRare(random.NextDouble());
        Array.Sort(rare);
        for (int i = 0, end; i < draws; i = end)
        {
            for (end = i + 1; end < draws && rare[end] == rare[i];) end++;
            Add(rare[i], end - i, values, counts);
        }
    }

    /// <summary>The largest x with P(X >= x | rare) >= u: table first, then doubling and bisection.</summary>
    private double DrawRare(double u)
    {
        int low = 0, high = rareTail.Length;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (rareTail[middle] >= u) low = middle;
            else high = middle;
        }
        if (low < rareTail.Length - 1) return FirstRare + low;

        double scaled = u * AtLeast(FirstRare);
        double below = FirstRare + low, above = 2 * below;
        while (above < LargestInteger && AtLeast(above) >= scaled) above *= 2;
        above = Math.Min(above, LargestInteger);
        while (above - below > 1)
        {
            double middle = Math.Floor((below + above) / 2);
            if (AtLeast(middle) >= scaled) below = middle;
            else above = middle;
        }
        return below;
    }

    private double AtLeast(double x) => beyond.AtLeast(x, Math.Log(x));

    private static void Add(double value, int count, List<double> values, List<int> counts)
    {
        if (count == 0) return;
        values.Add(value);
        counts.Add(count);
    }
}
