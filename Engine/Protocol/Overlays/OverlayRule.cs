namespace GossipSim.Engine.Protocol;

/// <summary>
/// By what rule peers choose their neighbors: how many links a joining peer opens, and to whom of those that it heard
/// of. One object for all peers, without memory. Whatever the rule, links are two-way and there is one to an older
/// peer; only a <see cref="PlannedOverlay"/> names each link, and then it is the plan that connects the peers or not.
/// </summary>
public abstract class OverlayRule
{
    /// <summary>
    /// Whether whom seed nodes name in a list too long to be told whole is drawn by degree, as the rule itself draws;
    /// else all have the same chance.
    /// </summary>
    public virtual bool DrawsByDegree => false;

    /// <summary>Whether a joining peer asks somebody else in place of one that refused or did not answer.</summary>
    internal virtual bool ReplacesRefusals => true;

    /// <summary>How many links a joining peer opens, if there are so many older ones.</summary>
    /// <param name="listed">Members that it was told of.</param>
    internal virtual int LinksWanted(LinkCount linksPerJoin, int listed, ref NodeRandom random) =>
        linksPerJoin.Of(listed, ref random);

    /// <summary>Fills in distinct ones of the eligible, first come first chosen, and returns how many.</summary>
    /// <param name="eligible">Places in the view, in ascending order.</param>
    /// <param name="chosen">Room for as many as are wanted.</param>
    internal abstract int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random);
}
