namespace GossipSim.RealNet.Processes;

/// <summary>What several transports carried together.</summary>
internal static class TrafficSum
{
    public static TrafficCounters Of(IEnumerable<TrafficCounters> all)
    {
        var sum = new TrafficCounters(0, 0, 0, 0, 0, 0, new Dictionary<string, long>());
        return all.Aggregate(sum, (one, other) => new TrafficCounters(
            one.FramesSent + other.FramesSent, one.FramesReceived + other.FramesReceived,
            one.BytesSent + other.BytesSent, one.BytesReceived + other.BytesReceived,
            one.MessagesDropped + other.MessagesDropped, one.ConnectionsOpened + other.ConnectionsOpened,
            one.Refused.Concat(other.Refused).GroupBy(reason => reason.Key)
                .ToDictionary(reason => reason.Key, reason => reason.Sum(count => count.Value)))
        {
            Throttled = one.Throttled + other.Throttled,
            LinksBroken = one.LinksBroken + other.LinksBroken,
            InternalErrors = one.InternalErrors + other.InternalErrors,
        });
    }

    /// <summary>One of each kind, in the order of names.</summary>
    public static IReadOnlyList<SentKind> Of(IEnumerable<SentKind> all) =>
    [
        .. all.GroupBy(sent => sent.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new SentKind(
            kind.Key, kind.Sum(sent => sent.Messages), kind.Sum(sent => sent.Bytes))),
    ];
}
