namespace GossipSim.Engine.Protocol;

/// <summary>Links that stand before anybody starts, as index arrays that all nodes share.</summary>
public sealed class StandingOverlay(AddressPlan plan, ulong randomSeed, int[] offsets, int[] ends)
{
    public ReadOnlySpan<int> NeighborsOf(int node) => ends.AsSpan(offsets[node], offsets[node + 1] - offsets[node]);

    public NodeId NodeIdAt(int node) => ProcessIdentity.NodeIdOf(randomSeed, plan[node], 0);
}
