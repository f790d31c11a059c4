using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>When the latest messages were published.</summary>
internal sealed class PublicationTimes
{
    /// <summary>Our choice: of a message that is still on its way after so many others no latency is told.</summary>
    private const int Most = 4096;

    private readonly Dictionary<string, Instant> times = [];
    private readonly Queue<string> order = [];

    /// <returns>The bin of the latency that the event tells, or -1.</returns>
    public int Observe(in ProtocolEvent e, Instant now)
    {
        if (e.Kind == EventKind.GossipPublished) Note(e.Detail, now);
        return e.Kind == EventKind.GossipDelivered ? LatencyBinOf(e.Detail, now) : -1;
    }

    private void Note(object? gossip, Instant now)
    {
        if (IdOf(gossip) is not { } id || !times.TryAdd(id, now)) return;
        order.Enqueue(id);
        if (order.Count > Most) times.Remove(order.Dequeue());
    }

    /// <summary>-1 for what did not come by flooding, or was published too long ago.</summary>
    private int LatencyBinOf(object? gossip, Instant now)
    {
        var isRecovered = gossip is Gossip { Recovered: true } or LoggedGossip { Recovered: true };
        if (isRecovered || IdOf(gossip) is not { } id || !times.TryGetValue(id, out var published)) return -1;
        return LatencyBins.BinOf((now - published).TotalMilliseconds);
    }

    private static string? IdOf(object? gossip) => gossip switch
    {
        Gossip message => message.Id,
        LoggedGossip logged => logged.Id,
        _ => null,
    };
}
