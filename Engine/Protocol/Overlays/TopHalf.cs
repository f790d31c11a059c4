namespace GossipSim.Engine.Protocol;

/// <summary>
/// Links to the better connected half of all (document 001): ceil(n/2) of the n members that it was told of. Without a
/// limit to degrees that makes a dense graph, not one of hubs.
/// </summary>
public sealed class TopHalf : OverlayRule
{
    /// <summary>The other half is not asked: who is refused by all of the first keeps one link, to an older peer.</summary>
    internal override bool ReplacesRefusals => false;

    internal override int LinksWanted(LinkCount linksPerJoin, int listed, ref NodeRandom random) => (listed + 1) / 2;

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        var ranked = eligible.ToArray().AsSpan();
        Ranks.Sort(candidates, ranked, RankOrder.Degree, ref random);
        var count = Math.Min(chosen.Length, ranked.Length);
        ranked[..count].CopyTo(chosen);
        return count;
    }
}
