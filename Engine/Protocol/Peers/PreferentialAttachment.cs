namespace GossipSim.Engine.Protocol;

/// <summary>
/// Chooses with which of the candidates to link, with a chance in proportion to their degree (Barabasi and Albert,
/// "Emergence of Scaling in Random Networks", Science 286, 1999). Whoever has no link yet counts as having one.
/// </summary>
internal static class PreferentialAttachment
{
    /// <summary>The index of one candidate that is eligible, or -1 when none is.</summary>
    public static int Choose(CandidateView candidates, Predicate<PeerListEntry> isEligible, ref NodeRandom random)
    {
        long total = 0;
        for (var index = 0; index < candidates.Count; index++)
            if (isEligible(candidates[index])) total += Weight(candidates[index]);
        if (total == 0) return -1;

        var target = (long)Math.Floor(random.NextUnit() * total);
        for (var index = 0; index < candidates.Count; index++)
        {
            if (!isEligible(candidates[index])) continue;
            target -= Weight(candidates[index]);
            if (target < 0) return index;
        }

        return -1;
    }

    private static int Weight(PeerListEntry candidate) => Math.Max(1, candidate.Degree);
}
