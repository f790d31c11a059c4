namespace GossipSim.Engine.Protocol;

/// <summary>Everybody links to everybody who was there before: n(n-1)/2 links in all.</summary>
public sealed class Complete : OverlayRule
{
    internal override int LinksWanted(LinkCount linksPerJoin, int listed, ref NodeRandom random) => int.MaxValue;

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        eligible[..chosen.Length].CopyTo(chosen);
        return chosen.Length;
    }
}
