namespace GossipSim.Engine.Protocol;

/// <summary>
/// Chooses by rank, without replacement: the k-th has the weight 1/k^exponent (document 003). Ranked by age this makes
/// hubs of the oldest. Ranked in an order that each peer shuffles, as that document's program does, it is a uniform
/// choice under another name.
/// </summary>
/// <param name="exponent">At least 0; with 0 all ranks weigh the same.</param>
public sealed class ZipfRank(double exponent, RankOrder order) : OverlayRule
{
    /// <summary>
    /// Weights are whole numbers of this unit, so that the last bits of a power, which differ between machines, decide
    /// nothing. Even a million of them add up to less than 2^63.
    /// </summary>
    private const double One = 1L << 40;

    public RankOrder Order => order;

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        var ranked = eligible.ToArray();
        Ranks.Sort(candidates, ranked, order, ref random);
        var weights = new long[ranked.Length];
        var total = 0L;
        for (var index = 0; index < weights.Length; index++) total += weights[index] = WeightOf(rank: index + 1);

        var count = Math.Min(chosen.Length, ranked.Length);
        for (var place = 0; place < count; place++)
        {
            var drawn = Draw(weights, total, ref random);
            total -= weights[drawn];
            weights[drawn] = 0;
            chosen[place] = ranked[drawn];
        }

        return count;
    }

    /// <summary>
    /// The chance of being drawn is in proportion to this. However far down, nobody is out of the question.
    /// </summary>
    /// <param name="rank">From 1.</param>
    public long WeightOf(int rank) => Math.Max(1, (long)Math.Round(One / Math.Pow(rank, exponent)));

    private static int Draw(long[] weights, long total, ref NodeRandom random)
    {
        var target = (long)Math.BigMul(random.NextUInt64(), (ulong)total, out _);
        var index = 0;
        while ((target -= weights[index]) >= 0) index++;
        return index;
    }
}
