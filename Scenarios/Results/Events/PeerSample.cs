using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Some of many peers, chosen by a hash of their addresses alone: the same ones in every run, so that runs can be laid
/// side by side, and of two samples the smaller is part of the larger.
/// </summary>
/// <param name="wanted">About how many.</param>
/// <param name="of">How many there are.</param>
internal sealed class PeerSample(int wanted, int of)
{
    private const ulong Stream = 0x73616D706C650001UL;

    private readonly double share = (double)wanted / of;

    public bool Has(NodeAddress peer) => Mix64.ToUnit(Mix64.Of(Stream, peer.Packed)) < share;

    /// <summary>How many of a plan's peers it has; looks at each of them.</summary>
    public int CountIn(AddressPlan plan)
    {
        var count = 0;
        for (var index = plan.SeedNodes; index < plan.Count; index++)
            if (Has(plan[index])) count++;
        return count;
    }
}
