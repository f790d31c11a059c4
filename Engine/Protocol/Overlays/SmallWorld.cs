namespace GossipSim.Engine.Protocol;

/// <summary>
/// A ring in which each peer is linked to the next few on both sides, and some links lead elsewhere instead: few hops
/// between any two, and neighbors that know each other (Watts and Strogatz, "Collective dynamics of 'small-world'
/// networks", Nature 393, 1998).
/// </summary>
public static class SmallWorld
{
    private const ulong Stream = 0x736D616C6C776F72UL;

    /// <summary>Both ends of each link, as numbers of peers from 0.</summary>
    /// <param name="reach">To how many on each side: half of the paper's k.</param>
    /// <param name="rewiringProbability">
    /// The paper's p: a link keeps its first end, and has this chance that the other is drawn anew among all to whom
    /// the first is not linked.
    /// </param>
    public static IReadOnlyList<(int One, int Other)> Links(
        int peers, int reach, double rewiringProbability, ulong randomSeed)
    {
        var links = Lattice(peers, reach);
        var random = new NodeRandom(Mix64.Of(randomSeed, Stream, (ulong)peers));
        var degrees = new int[peers];
        var known = new HashSet<(int, int)>(links.Length);
        foreach (var (one, other) in links)
        {
            degrees[one]++;
            degrees[other]++;
            known.Add(Ordered(one, other));
        }

        for (var index = 0; index < links.Length; index++)
        {
            var (one, other) = links[index];
            if (random.NextUnit() >= rewiringProbability || degrees[one] == peers - 1) continue;
            var drawn = random.Next(peers);
            while (drawn == one || known.Contains(Ordered(one, drawn))) drawn = random.Next(peers);
            known.Remove(Ordered(one, other));
            known.Add(Ordered(one, drawn));
            degrees[other]--;
            degrees[drawn]++;
            links[index] = (one, drawn);
        }

        return links;
    }

    /// <summary>In the paper's order: once round the ring with the nearest, then with the second, and so on.</summary>
    internal static (int One, int Other)[] Lattice(int peers, int reach)
    {
        var links = new List<(int, int)>(peers * reach);
        for (var distance = 1; distance <= Math.Min(reach, peers / 2); distance++)
        {
            // Half way round, both ends would name the same link.
            var starts = 2 * distance == peers ? distance : peers;
            for (var peer = 0; peer < starts; peer++) links.Add((peer, (peer + distance) % peers));
        }

        return [.. links];
    }

    private static (int, int) Ordered(int one, int other) => one < other ? (one, other) : (other, one);
}
