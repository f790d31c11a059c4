namespace GossipSim.Engine.Protocol;

/// <summary>
/// Links to the better connected half of all (document 001): ceil(n/2) of the n members that it was told of. Without a
/// limit to degrees that makes a dense graph, not one of hubs.
/// </summary>
public sealed class TopHalf : OverlayRule
{
    /// <summary>The other half is not asked: whom all of the first refuse keeps one link, to an older peer.</summary>
    internal override bool ReplacesRefusals => false;

    /// <summary>Those of the top half that are known to be full are not worth asking.</summary>
    internal override int LinksWanted(PeerOptions options, CandidateView listed, ref NodeRandom random)
    {
        var full = 0;
        for (var place = 0; place < listed.Count; place++)
            if (listed.DegreeAt(place) >= options.MaxDegree) full++;
        return Math.Max(0, ((listed.Count + 1) / 2) - full);
    }

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
