namespace GossipSim.Engine.Protocol;

/// <summary>
/// The overlay that a rule leads to when peers join one after the other and each is told of all before it, without
/// seed nodes, messages or time: the rule chooses, and who is full refuses, as between real peers. Nobody leaves.
/// </summary>
public sealed class OverlayGrowth
{
    private const ulong Stream = 0x67726F77746867UL;

    private readonly AddressPlan plan;
    private readonly PeerOptions options;
    private readonly CandidateView members = new();
    private readonly int[] degrees;
    private readonly bool[] isAsked;
    private readonly int[] eligible;
    private readonly int[] chosen;

    private OverlayGrowth(AddressPlan plan, PeerOptions options)
    {
        (this.plan, this.options) = (plan, options);
        degrees = new int[plan.Peers];
        isAsked = new bool[plan.Peers];
        eligible = new int[plan.Peers];
        chosen = new int[plan.Peers];
    }

    /// <summary>The degree of each peer at the end, in the order in which they joined.</summary>
    /// <param name="joined">
    /// Told now and then how many peers have joined since it was told last; may throw to end it.
    /// </param>
    public static int[] Degrees(AddressPlan plan, PeerOptions options, ulong randomSeed, Action<int> joined)
    {
        if (options.OverlayRule is PlannedOverlay planned) return PlannedDegrees(plan, planned);
        var growth = new OverlayGrowth(plan, options);
        const int Beat = 256;
        for (var peer = 0; peer < plan.Peers; peer++)
        {
            growth.Join(peer, new NodeRandom(Mix64.Of(randomSeed, Stream, (ulong)peer)));
            if ((peer + 1) % Beat == 0) joined(Beat);
        }

        joined(plan.Peers % Beat);
        return growth.degrees;
    }

    private static int[] PlannedDegrees(AddressPlan plan, PlannedOverlay planned)
    {
        var degrees = new int[plan.Peers];
        for (var peer = 0; peer < degrees.Length; peer++)
            degrees[peer] = planned.NeighborsOf(plan[plan.SeedNodes + peer]).Length;
        return degrees;
    }

    /// <summary>As a peer does that has read its lists: links are missing until the rule has all it wants.</summary>
    private void Join(int peer, NodeRandom random)
    {
        var wanted = Math.Min(options.OverlayRule.LinksWanted(options, members, ref random), options.MaxDegree);
        isAsked.AsSpan(0, peer).Clear();
        while (Ask(peer, ref wanted, ref random))
        {
        }

        Tell(peer, ref random);
    }

    /// <summary>One round of CONNECTs. False when there is nothing left to ask for, or nobody to ask.</summary>
    private bool Ask(int peer, ref int wanted, ref NodeRandom random)
    {
        var needsOlder = peer > 0 && degrees[peer] == 0;
        var count = Math.Max(needsOlder ? 1 : 0, wanted - degrees[peer]);
        if (count <= 0) return false;
        var found = FindEligible(peer, options.MaxDegree - 1);
        // All are full: then whoever is asked names older ones, and the oldest accepts.
        if (found == 0 && needsOlder) (count, found) = (1, FindEligible(peer, int.MaxValue));
        if (found == 0) return false;
        var targets = chosen.AsSpan(0, Math.Min(count, found));
        targets = targets[..options.OverlayRule.Choose(members, eligible.AsSpan(0, found), targets, ref random)];
        foreach (var target in targets)
        {
            isAsked[target] = true;
            if (degrees[target] < options.MaxDegree || target == 0) Link(peer, target, ref random);
            else if (!options.OverlayRule.ReplacesRefusals) wanted--;
        }

        return true;
    }

    /// <summary>Whom the rule may choose: not asked before, and with no more links than that.</summary>
    private int FindEligible(int peer, int highestDegree)
    {
        var found = 0;
        for (var older = 0; older < peer; older++)
            if (degrees[older] <= highestDegree && !isAsked[older]) eligible[found++] = older;
        return found;
    }

    private void Link(int peer, int target, ref NodeRandom random)
    {
        degrees[peer]++;
        degrees[target]++;
        Tell(target, ref random);
    }

    /// <summary>What all who join later hear of a peer.</summary>
    private void Tell(int peer, ref NodeRandom random) => members.Add(
        new PeerListEntry(plan[plan.SeedNodes + peer], Epoch: 1, JoinStamp: peer + 1, degrees[peer]),
        limit: int.MaxValue, ref random);
}
