using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Invariants;

/// <summary>What others can make a node remember has a limit. The runner measures, from time to time.</summary>
internal sealed class BoundedMemory(int nodes) : Invariant("boundedMemory")
{
    /// <summary>
    /// A peer: the Message List's origins and texts and as many wanted, the links, and a few small tables.
    /// </summary>
    private readonly int peerLimit = 65_536 + (2 * 4_096) + nodes + 2_048;

    /// <summary>A seed node: entry, vote, cast removal, tally and probe for each address.</summary>
    private readonly int seedNodeLimit = (5 * nodes) + 1_024;

    public bool Holds(NodeAddress node, bool isSeedNode, int entries, Instant now)
    {
        var limit = isSeedNode ? seedNodeLimit : peerLimit;
        if (entries <= limit) return true;
        Violate($"{node} keeps {entries} entries, more than {limit}", now, node);
        return false;
    }
}
