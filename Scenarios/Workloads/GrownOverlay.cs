using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// An overlay grown by preferential attachment (Barabasi and Albert, Science 286, 1999): a clique of m + 1, then each
/// newcomer links to m others, each with a chance in proportion to its links so far.
/// </summary>
internal static class GrownOverlay
{
    private const ulong Stream = 0x6F7665726C617901UL;

    /// <param name="m">Links that each newcomer opens.</param>
    public static StandingOverlay Grow(AddressPlan plan, int m, ulong randomSeed)
    {
        var links = LinksOf(plan.Peers, m, new NodeRandom(Mix64.Of(randomSeed, Stream)));
        var offsets = new int[plan.Peers + 1];
        foreach (var end in links) offsets[end + 1]++;
        for (var peer = 0; peer < plan.Peers; peer++) offsets[peer + 1] += offsets[peer];
        var ends = new int[links.Length];
        var next = offsets.AsSpan(0, plan.Peers).ToArray();
        for (var link = 0; link < links.Length; link += 2)
        {
            ends[next[links[link]]++] = links[link + 1];
            ends[next[links[link + 1]]++] = links[link];
        }

        return new StandingOverlay(plan, randomSeed, offsets, ends);
    }

    /// <summary>The two ends of each link, one after the other: a random one of them is a peer by its degree.</summary>
    private static int[] LinksOf(int peers, int m, NodeRandom random)
    {
        var first = Math.Min(peers, m + 1);
        var links = new int[(first * (first - 1)) + (2 * m * (peers - first))];
        var count = 0;
        for (var one = 0; one < first; one++)
            for (var other = one + 1; other < first; other++) Add(one, other);
        Span<int> chosen = stackalloc int[m];
        for (var newcomer = first; newcomer < peers; newcomer++)
        {
            var known = count;
            for (var place = 0; place < m; place++)
            {
                int target;
                do target = links[random.Next(known)];
                while (chosen[..place].Contains(target));
                chosen[place] = target;
            }

            foreach (var target in chosen) Add(newcomer, target);
        }

        return links;

        void Add(int one, int other)
        {
            links[count++] = one;
            links[count++] = other;
        }
    }
}
