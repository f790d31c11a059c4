namespace GossipSim.Scenarios.Files;

/// <summary>What a list of links may say, wherever it stands: each is looked at in turn, then all of them.</summary>
internal sealed class LinkRules(int peers)
{
    private readonly HashSet<(int, int)> known = [];
    private readonly bool[] isLinked = new bool[peers];

    /// <summary>What is wrong with the next link; null for nothing.</summary>
    public string? ProblemWith(IReadOnlyList<int> ends)
    {
        if (ends.Count != 2)
            return $"found {ends.Count} numbers, allowed are the two peers that a link joins";
        int one = Math.Min(ends[0], ends[1]), other = Math.Max(ends[0], ends[1]);
        if (one < 0 || other >= peers)
            return $"there is no peer {(one < 0 ? one : other)}: peers.count is {peers}, and the first peer is 0";
        if (one == other)
            return $"peer {one} is linked to itself";
        if (!known.Add((one, other)))
            return $"peers {one} and {other} are linked twice";
        isLinked[one] = isLinked[other] = true;
        return null;
    }

    /// <summary>A network has formed when everybody has a link.</summary>
    public string? ProblemWithAll()
    {
        int alone = peers == 1 ? -1 : Array.IndexOf(isLinked, false);
        return alone < 0 ? null : $"peer {alone} has no link, but each of the {peers} peers of peers.count needs one";
    }
}
