using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Invariants;

/// <summary>What others can make a node remember has a limit. The runner measures, from time to time.</summary>
internal sealed class BoundedMemory(int nodes, int seedNodes) : Invariant("boundedMemory")
{
    /// <summary>
    /// A peer: the Message List's origins and texts and as many wanted, the links, and a few small tables.
    /// </summary>
    private readonly int peerLimit = 65_536 + (2 * 4_096) + nodes + 2_048;

    /// <summary>
    /// A removal that finds no quorum is proposed again each round, by every seed node, and its tally is kept for three
    /// rounds and until the next look at them.
    /// </summary>
    private const int RoundsKept = 5;

    /// <summary>Entries that no quorum vouches for, as a liar makes them up: this many are within the bound.</summary>
    private const int MostDoubts = 4_096;

    /// <summary>
    /// A seed node: for each address entry, vote, cast removal, probe, taken epoch and two reports, and the rounds of
    /// all seed nodes.
    /// </summary>
    private readonly int seedNodeLimit = ((7 + (RoundsKept * seedNodes)) * nodes) + MostDoubts + 1_024;

    public bool Holds(NodeAddress node, bool isSeedNode, int entries, Instant now)
    {
        var limit = isSeedNode ? seedNodeLimit : peerLimit;
        if (entries <= limit) return true;
        Violate($"{node} keeps {entries} entries, more than {limit}", now, node);
        return false;
    }
}
