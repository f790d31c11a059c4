using GossipSim.RealNet;

namespace GossipSim.Scenarios.Results;

/// <summary>What the sockets of a run carried, and all that they refused, dropped or slowed.</summary>
internal sealed record TransportSummary
{
    [Unit("messages")]
    public required long FramesSent { get; init; }
    [Unit("messages")]
    public required long FramesReceived { get; init; }
    [Unit("bytes")]
    public required long BytesSent { get; init; }
    [Unit("bytes")]
    public required long BytesReceived { get; init; }
    [Unit("connections")]
    public required long ConnectionsOpened { get; init; }

    /// <summary>Messages that full outboxes let go of.</summary>
    [Unit("messages")]
    public required long MessagesDropped { get; init; }

    /// <summary>How often a connection was not read for a while, because more came over it than the limit.</summary>
    public required long Throttled { get; init; }

    /// <summary>Connections cut because their other end did not take what was sent.</summary>
    [Unit("links")]
    public required long LinksBroken { get; init; }

    /// <summary>Errors of this program at nodes: each closed a connection, or made a node start again.</summary>
    public long InternalErrors { get; init; }

    /// <summary>Lines and connections that were refused, by the word of the ERROR line.</summary>
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    public static TransportSummary Of(TrafficCounters counters) => new()
    {
        FramesSent = counters.FramesSent, FramesReceived = counters.FramesReceived,
        BytesSent = counters.BytesSent, BytesReceived = counters.BytesReceived,
        ConnectionsOpened = counters.ConnectionsOpened, MessagesDropped = counters.MessagesDropped,
        Throttled = counters.Throttled, LinksBroken = counters.LinksBroken,
        InternalErrors = counters.InternalErrors,
        Refused = new SortedDictionary<string, long>(counters.Refused.ToDictionary(), StringComparer.Ordinal),
    };
}

/// <summary>What nodes themselves refused, by reason; on either network.</summary>
internal sealed record RefusalSummary
{
    /// <summary>Messages: old, forged, of too many origins, from a stranger.</summary>
    public required IReadOnlyDictionary<string, long> Gossip { get; init; }

    /// <summary>Answers of seed nodes to who asked to be registered.</summary>
    public required IReadOnlyDictionary<string, long> Registrations { get; init; }

    /// <summary>Reports of a death, about a member that lived.</summary>
    [Unit("reports")]
    public required long Reports { get; init; }
}
