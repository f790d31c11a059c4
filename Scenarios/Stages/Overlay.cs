using System.Globalization;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>Who has links with whom, as each peer tells it when it is asked whether it lives.</summary>
internal sealed record Overlay(IReadOnlyDictionary<NodeAddress, NodeAddress[]> Links)
{
    public static async Task<Overlay> AskAsync(TestStand stand)
    {
        var links = new Dictionary<NodeAddress, NodeAddress[]>();
        foreach (var peer in stand.Peers)
        {
            if (await stand.PongOfAsync(stand.Reader, peer) is not { } pong) continue;
            links[peer] = [.. (pong.Line["neighbors"] as JsonArray ?? [])
                .Select(each => NodeAddress.TryParse(each?.ToString(), out var neighbor) ? neighbor : default)];
        }

        return new Overlay(links);
    }

    /// <summary>What is wrong with it; null: it holds these together, and each link is known at both ends.</summary>
    public string? Complaint(NodeAddress[] peers)
    {
        if (peers.FirstOrDefault(peer => !Links.ContainsKey(peer)) is { IsNone: false } silent)
            return $"{silent.Port} does not say whom it has links with";
        foreach (var (peer, neighbors) in Links)
        {
            if (neighbors.FirstOrDefault(other => !Links.GetValueOrDefault(other, []).Contains(peer))
                is { IsNone: false } one)
                return $"{peer.Port} has a link with {one.Port}, which has none with it";
        }

        var reached = new HashSet<NodeAddress> { peers[0] };
        var open = new Queue<NodeAddress>(reached);
        while (open.TryDequeue(out var next))
            foreach (var neighbor in Links[next].Where(reached.Add)) open.Enqueue(neighbor);
        return peers.All(reached.Contains)
            ? null
            : $"not connected: from {peers[0].Port} nothing leads to "
                + string.Join(", ", peers.Where(peer => !reached.Contains(peer)).Select(peer => peer.Port));
    }

    public string Degrees() => string.Join(", ", Links.Select(
        each => string.Create(CultureInfo.InvariantCulture, $"{each.Key.Port}: {each.Value.Length}")));
}
