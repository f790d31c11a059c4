namespace GossipSim.Analysis;

/// <summary>What repeats of two experiments, A and B, say of a difference between them.</summary>
public enum DifferenceVerdict
{
    /// <summary>Not one repeat differs: A and B are the same here.</summary>
    Identical,

    /// <summary>The interval holds 0. That is no proof of equality: it tells how large a difference may be.</summary>
    NoDifferenceShown,

    BIsSmaller,

    BIsLarger,

    /// <summary>There are no repeats of both to compare.</summary>
    NotMeasured,
}

/// <summary>
/// The mean of B less the mean of A, with the interval of the true difference. Pairs that share their chances (common
/// random numbers; Law, Simulation Modeling and Analysis, section 11.2) tell far smaller differences apart than
/// repeats that do not.
/// </summary>
/// <param name="HalfWidth">Null when there are too few repeats for any statement.</param>
public sealed record MeanDifference(
    double MeanA, double MeanB, double Difference, double? HalfWidth, bool IsPaired, DifferenceVerdict Verdict)
{
    public double? Low => Difference - HalfWidth;

    public double? High => Difference + HalfWidth;

    /// <summary>
    /// Of repeats i of A and B with the same chances. Throws <see cref="ArgumentException"/> when the counts differ,
    /// there is no repeat, or a value is not finite.
    /// </summary>
    public static MeanDifference Paired(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level = MeanInterval.UsualLevel)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} and {b.Length} repeats make no pairs.");
        var differences = new double[a.Length];
        for (var i = 0; i < a.Length; i++) differences[i] = b[i] - a[i];
        var interval = MeanInterval.Of(differences, level);
        return Judged(
            MeanInterval.Of(a).Mean, MeanInterval.Of(b).Mean, interval.Mean, interval.HalfWidth, isPaired: true,
            interval is { Minimum: 0, Maximum: 0 });
    }

    /// <summary>
    /// Of repeats that have nothing to do with each other, by Welch's t (Welch 1947), which does not take their spreads
    /// for equal. Throws as <see cref="Paired"/> does, but for counts.
    /// </summary>
    public static MeanDifference Unpaired(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, double level = MeanInterval.UsualLevel)
    {
        var (of, to) = (MeanInterval.Of(a, level), MeanInterval.Of(b, level));
        var isSame = of.Minimum == of.Maximum && to.Minimum == to.Maximum && of.Mean == to.Mean;
        return Judged(of.Mean, to.Mean, to.Mean - of.Mean, Reach(of, to, level), isPaired: false, isSame);
    }

    private static double? Reach(MeanInterval a, MeanInterval b, double level)
    {
        if (a.Count < 2 || b.Count < 2) return null;
        var ofA = a.StandardDeviation * a.StandardDeviation / a.Count;
        var ofB = b.StandardDeviation * b.StandardDeviation / b.Count;
        var both = ofA + ofB;
        if (both == 0) return 0;
        // Welch and Satterthwaite's degrees of freedom, from shares: squares of small variances would underflow.
        var (shareA, shareB) = (ofA / both, ofB / both);
        var freedom = 1 / ((shareA * shareA / (a.Count - 1)) + (shareB * shareB / (b.Count - 1)));
        return MeanInterval.Quantile(level, freedom) * Math.Sqrt(both);
    }

    private static MeanDifference Judged(
        double meanA, double meanB, double difference, double? reach, bool isPaired, bool isSame)
    {
        var verdict = isSame ? DifferenceVerdict.Identical
            : reach is null || Math.Abs(difference) <= reach ? DifferenceVerdict.NoDifferenceShown
            : difference < 0 ? DifferenceVerdict.BIsSmaller : DifferenceVerdict.BIsLarger;
        return new MeanDifference(meanA, meanB, difference, reach, isPaired, verdict);
    }
}
