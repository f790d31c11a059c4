using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Small overlays that stand before anybody starts, behind three seed nodes.</summary>
internal static class Overlays
{
    /// <summary>The index of peer 0 in the plan: the hub of a star.</summary>
    public const int Hub = 3;

    public const ulong RandomSeed = 7;

    public static NodeAddress Peer(int number) => Cast.Peer(number);

    public static AddressPlan Plan(int leaves) => new(Cast.SeedNode(0), Hub, Cast.Peer(0), leaves + 1);

    /// <summary>Peer 0 is linked to all others.</summary>
    public static StandingOverlay Star(int leaves)
    {
        int[] offsets = [0, 0, 0, 0, .. Enumerable.Range(0, leaves + 1).Select(leaf => leaves + leaf)];
        int[] ends = [.. Enumerable.Range(Hub + 1, leaves), .. Enumerable.Repeat(Hub, leaves)];
        return new StandingOverlay(Plan(leaves), RandomSeed, offsets, ends);
    }

    /// <summary>What a host knows when the n-th process of a peer starts.</summary>
    public static NodeStart StartOf(int peer, int start = 0) =>
        new(Peer(peer), ProcessIdentity.NodeIdOf(RandomSeed, Peer(peer), start), []);
}
