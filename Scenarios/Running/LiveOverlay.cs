using System.Runtime.InteropServices;
using GossipSim.Analysis;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>The overlay of the moment, for faults that strike where it hurts.</summary>
internal static class LiveOverlay
{
    /// <summary>Peers without which it falls apart; those that cut off most come first.</summary>
    public static IEnumerable<NodeAddress> ArticulationPointsOf(RunRecord world)
    {
        var overlay = EndOverlay.Of(world);
        List<(int A, int B)> edges = [.. overlay.Edges];
        return ArticulationPoints.Of(overlay.Peers.Count, CollectionsMarshal.AsSpan(edges))
            .Select(point => overlay.Peers[point.Node].Address);
    }
}
