namespace GossipSim.Engine.Protocol;

/// <summary>
/// Links that are known before anybody joins: <see cref="Ring"/>, <see cref="SmallWorld"/> or somebody's list. Of two
/// planned neighbors the one that registers later opens the link. A peer that the plan has no place for chooses among
/// all alike, and so does one whose planned neighbors were removed.
/// </summary>
public sealed class PlannedOverlay : OverlayRule
{
    private readonly AddressPlan plan;
    private readonly int[] offsets;
    private readonly int[] ends;

    /// <param name="plan">Where the peers are.</param>
    /// <param name="peers">How many of its peers have a place, from the first on.</param>
    /// <param name="links">Both ends of each link once, as numbers of peers from 0.</param>
    /// <exception cref="ArgumentException">A link leads to nobody or to itself, or is there twice.</exception>
    public PlannedOverlay(AddressPlan plan, int peers, IReadOnlyList<(int One, int Other)> links)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(peers, plan.Peers);
        this.plan = plan;
        offsets = new int[peers + 1];
        ends = new int[2 * links.Count];
        Fill(links);
    }

    /// <summary>In how many parts the plan itself is: peers of two parts find each other by no planned link.</summary>
    public int CountParts()
    {
        var isSeen = new bool[offsets.Length - 1];
        var toVisit = new Stack<int>();
        var parts = 0;
        for (var first = 0; first < isSeen.Length; first++)
        {
            if (isSeen[first]) continue;
            parts++;
            isSeen[first] = true;
            toVisit.Push(first);
            while (toVisit.TryPop(out var peer))
            {
                foreach (var neighbor in Of(peer))
                {
                    if (isSeen[neighbor]) continue;
                    isSeen[neighbor] = true;
                    toVisit.Push(neighbor);
                }
            }
        }

        return parts;
    }

    /// <summary>Whether the plan says who this peer's neighbors are.</summary>
    public bool HasPlaceFor(NodeAddress peer) => NumberOf(peer) < (uint)(offsets.Length - 1);

    internal NodeAddress this[int peer] => plan[plan.SeedNodes + peer];

    /// <summary>In ascending order; nobody for a peer that has no place.</summary>
    internal ReadOnlySpan<int> NeighborsOf(NodeAddress peer) =>
        HasPlaceFor(peer) ? Of((int)NumberOf(peer)) : [];

    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random) =>
        UniformAttachment.Draw(eligible, chosen, ref random);

    /// <summary>Beyond all numbers for who is no peer.</summary>
    private uint NumberOf(NodeAddress peer) => (uint)(plan.IndexOf(peer) - plan.SeedNodes);

    private Span<int> Of(int peer) => ends.AsSpan(offsets[peer], offsets[peer + 1] - offsets[peer]);

    private void Fill(IReadOnlyList<(int One, int Other)> links)
    {
        var peers = offsets.Length - 1;
        foreach (var (one, other) in links)
        {
            if ((uint)one >= (uint)peers || (uint)other >= (uint)peers || one == other)
                throw new ArgumentException($"no link leads from {one} to {other}");
            offsets[one + 1]++;
            offsets[other + 1]++;
        }

        for (var peer = 0; peer < peers; peer++) offsets[peer + 1] += offsets[peer];
        var next = offsets.AsSpan(0, peers).ToArray();
        foreach (var (one, other) in links)
        {
            ends[next[one]++] = other;
            ends[next[other]++] = one;
        }

        for (var peer = 0; peer < peers; peer++) SortAndCheck(peer);
    }

    private void SortAndCheck(int peer)
    {
        var neighbors = Of(peer);
        neighbors.Sort();
        for (var place = 1; place < neighbors.Length; place++)
        {
            if (neighbors[place] == neighbors[place - 1])
                throw new ArgumentException($"{peer} and {neighbors[place]} are linked twice");
        }
    }
}
