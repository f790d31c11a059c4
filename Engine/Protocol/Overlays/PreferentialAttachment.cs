namespace GossipSim.Engine.Protocol;

/// <summary>
/// Chooses with a chance in proportion to degree (Barabasi and Albert, "Emergence of Scaling in Random Networks",
/// Science 286, 1999). Whoever has no link yet counts as having one.
/// </summary>
public sealed class PreferentialAttachment : OverlayRule
{
    public override bool DrawsByDegree => true;

    /// <summary>The chance of being drawn is in proportion to this.</summary>
    public static int WeightOf(int degree) => Math.Max(1, degree);

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        Span<int> weights = eligible.Length <= CandidateView.UsualLimit
            ? stackalloc int[CandidateView.UsualLimit]
            : new int[eligible.Length];
        weights = weights[..eligible.Length];
        for (var index = 0; index < eligible.Length; index++)
            weights[index] = WeightOf(candidates.DegreeAt(eligible[index]));

        var count = 0;
        while (count < chosen.Length && Draw(weights, ref random) is >= 0 and var drawn)
        {
            weights[drawn] = 0;
            chosen[count++] = eligible[drawn];
        }

        return count;
    }

    /// <summary>The index of something that weighs more than nothing, or -1 when nothing does.</summary>
    private static int Draw(ReadOnlySpan<int> weights, ref NodeRandom random)
    {
        long total = 0;
        foreach (var weight in weights) total += weight;
        if (total == 0) return -1;

        var target = (long)Math.Floor(random.NextUnit() * total);
        for (var index = 0; index < weights.Length; index++)
        {
            target -= weights[index];
            if (target < 0) return index;
        }

        return -1;
    }
}
