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
    internal virtual int LinksWanted(PeerOptions options, CandidateView listed, ref NodeRandom random) =>
        options.LinksPerJoin.Of(listed.Count, ref random);

    /// <summary>
    /// Whether a joining peer chooses among older peers only: then each has a path to the oldest, whoever else joins.
    /// </summary>
    internal virtual bool IsAmongOlder => true;

    /// <summary>Below this many links a peer that has joined opens new ones.</summary>
    /// <param name="members">How many there are, itself included, by the list heard last.</param>
    internal virtual int LinksKept(int minDegree, int members) => minDegree;

    /// <summary>Fills in distinct ones of the eligible, first come first chosen, and returns how many.</summary>
    /// <param name="eligible">Places in the view, in ascending order.</param>
    /// <param name="chosen">Room for as many as are wanted.</param>
    internal abstract int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random);
}
