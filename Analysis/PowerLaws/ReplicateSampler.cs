using System.Runtime.CompilerServices;

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
    private const int TableLimit = 1 << 13;

    /// <summary>
    /// Doubles count no further than 2^53 in steps of one: 53 doublings and as many halvings find every value.
    /// </summary>
    private const double LargestInteger = 9007199254740992;

    private readonly ValueHistogram data;
    private readonly int xminIndex;
    private readonly Func<double, double> atLeast;
    private readonly double xmin;
    private readonly double[] hazards;
    private readonly double[] rareTail;

    public static ReplicateSampler Of(ValueHistogram data, PowerLawFit fit)
    {
        var law = new ZetaTail();
        law.Prepare(fit.Alpha, data.Values[fit.XminIndex], LargestInteger);
        return new ReplicateSampler(data, fit.XminIndex, x => law.AtLeast(x, Math.Log(x)));
    }

    /// <param name="atLeast">P(X >= x) of the law of the tail: 1 at xmin, and never rising.</param>
    public ReplicateSampler(ValueHistogram data, int xminIndex, Func<double, double> atLeast)
    {
        this.data = data;
        this.xminIndex = xminIndex;
        this.atLeast = atLeast;
        xmin = data.Values[xminIndex];
        int ntail = data.CountFrom[xminIndex];

        // hazards[i] = P(X = xmin + i | X >= xmin + i)
        var frequent = new List<double>();
        double left = 1, lastMass = 0;
        while (frequent.Count < FrequentLimit)
        {
            double next = atLeast(xmin + frequent.Count + 1);
            double mass = left - next;
            bool isRare = mass * ntail < FrequentFrom && mass <= lastMass;
            if (isRare || !(next > 0)) break;
            frequent.Add(mass / left);
            (left, lastMass) = (next, mass);
        }
        hazards = [.. frequent];

        // rareTail[i] = P(X >= first rare + i | X >= first rare)
        int length = (int)Math.Clamp(2 * (data.Largest - xmin), 1024, TableLimit);
        rareTail = new double[length];
        for (int i = 0; i < length; i++) rareTail[i] = atLeast(FirstRare + i) / left;
    }

    private double FirstRare => xmin + hazards.Length;

    public ValueHistogram Draw(ref CounterRandom random)
    {
        var values = new List<double>(data.Distinct + 64);
        var counts = new List<int>(data.Distinct + 64);
        int ntail = BinomialSampler.Draw(data.Total, (double)data.CountFrom[xminIndex] / data.Total, ref random);
        DrawBody(data.Total - ntail, values, counts, ref random);
        DrawTail(ntail, values, counts, ref random);
        return ValueHistogram.OfDistinct(values, counts);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void DrawBody(int draws, List<double> values, List<int> counts, ref CounterRandom random)
    {
        int remaining = data.Total - data.CountFrom[xminIndex];
        for (int i = 0; i < xminIndex && draws > 0; i++)
        {
            int count = BinomialSampler.Draw(draws, (double)data.Counts[i] / remaining, ref random);
            remaining -= data.Counts[i];
            draws -= count;
            Add(data.Values[i], count, values, counts);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
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
    [MethodImpl(Compiled.AtOnce)]
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

        double scaled = u * atLeast(FirstRare);
        double below = FirstRare + low, above = 2 * below;
        while (above < LargestInteger && atLeast(above) >= scaled) above *= 2;
        above = Math.Min(above, LargestInteger);
        while (above - below > 1)
        {
            double middle = Math.Floor((below + above) / 2);
            if (atLeast(middle) >= scaled) below = middle;
            else above = middle;
        }
        return below;
    }

    private static void Add(double value, int count, List<double> values, List<int> counts)
    {
        if (count == 0) return;
        values.Add(value);
        counts.Add(count);
    }
}
