using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The overlay at the end, and the crashed peers with the links that they had when they died.</summary>
internal static class OverlayDrawing
{
    /// <summary>Null in a run of more peers than can be told apart, and where none lives.</summary>
    public static Figure? Compose(RunResult result)
    {
        var overlay = result.Measurements.EndOverlay;
        if (IsTooLarge(result) || overlay.Peers.Count == 0) return null;
        var nodes = result.Measurements.Record.Nodes;
        var peers = overlay.Peers.Select((peer, place) =>
            new DrawnPeer(peer.Address.ToString(), Crashed: false, overlay.Degrees[place])).ToList();
        var placeOf = new Dictionary<int, int>();
        for (var place = 0; place < overlay.Peers.Count; place++) placeOf[overlay.Peers[place].Index] = place;
        var links = overlay.Edges.ToList();
        foreach (var crash in result.Measurements.Record.Crashes)
        {
            // Who runs again is drawn as it is now.
            if (nodes.Find(crash.Address) is not { IsUp: false } node || !placeOf.TryAdd(node.Index, peers.Count))
                continue;
            peers.Add(new DrawnPeer(crash.Address.ToString(), Crashed: true, crash.Degree));
            foreach (var neighbor in crash.Neighbors)
            {
                // Of two crashed neighbors each may list the other: that is one link.
                if (placeOf.TryGetValue(neighbor, out var other) && !links.Contains((other, placeOf[node.Index])))
                    links.Add((placeOf[node.Index], other));
            }
        }

        return OverlayFigure.Create(peers, links);
    }

    /// <summary>What the report says instead.</summary>
    public static string? WhyNot(RunResult result) => IsTooLarge(result)
        ? $"The overlay is not drawn: in a picture of more than {Numbers.Count(EndOverlay.MostPeersDrawn)} peers "
            + "nothing can be told apart. overlay.graphml has it."
        : null;

    private static bool IsTooLarge(RunResult result) => result.Facts.MostPeers > EndOverlay.MostPeersDrawn;
}
