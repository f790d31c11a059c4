namespace GossipSim.Engine.Protocol;

/// <summary>
/// Chooses with which of the candidates to link, with a chance in proportion to their degree (Barabasi and Albert,
/// "Emergence of Scaling in Random Networks", Science 286, 1999). Whoever has no link yet counts as having one.
/// </summary>
internal static class PreferentialAttachment
{
    /// <summary>How much an eligible candidate weighs; those who are not eligible weigh nothing.</summary>
    public static int WeightOf(int degree) => Math.Max(1, degree);

    /// <summary>The index of one candidate that weighs something, or -1 when none does.</summary>
    public static int Draw(ReadOnlySpan<int> weights, ref NodeRandom random)
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
