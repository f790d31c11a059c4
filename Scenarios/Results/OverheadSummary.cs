namespace GossipSim.Scenarios.Results;

/// <summary>What all nodes of a run sent, seed nodes too: by kind of message, and for each peer.</summary>
internal sealed record OverheadSummary
{
    [Unit("messages")]
    public required long Messages { get; init; }

    /// <summary>Null where not every kind could be weighed.</summary>
    public double? Bytes { get; init; }

    /// <summary>Of how many inputs of nodes one had what it sent weighed; 1 is exact.</summary>
    [Unit("inputs")]
    public required int WeighedOneIn { get; init; }

    /// <summary>From scenario time 0 on, all that was sent over the peers live at the end.</summary>
    [Unit("messages/peer/s")]
    public double? MessagesPerPeerSecond { get; init; }

    [Unit("bytes/peer/s")]
    public double? BytesPerPeerSecond { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<KindRow> Kinds { get; init; }
}

/// <param name="Kind">The name on the wire.</param>
/// <param name="Messages">In the whole run.</param>
/// <param name="PerPeerSecond">From scenario time 0 on.</param>
internal sealed record KindRow(
    string Kind, long Messages, double? Bytes, double? PerPeerSecond, double? BytesPerPeerSecond);
