namespace GossipSim.Engine.Protocol;

/// <summary>
/// Everybody links to everybody: n(n-1)/2 links in all. Two that join at once may each be missing in the other's list;
/// whoever hears that there are more members than it has links asks for the list again.
/// </summary>
public sealed class Complete : OverlayRule
{
    internal override bool IsAmongOlder => false;

    internal override int LinksKept(int minDegree, int members) => members - 1;

    internal override int LinksWanted(PeerOptions options, CandidateView listed, ref NodeRandom random) => int.MaxValue;

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        eligible[..chosen.Length].CopyTo(chosen);
        return chosen.Length;
    }
}
