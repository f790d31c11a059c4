namespace GossipSim.Scenarios.Results;

/// <summary>Turns counts of sent messages into what each peer's part of a network costs.</summary>
internal static class OverheadMeasure
{
    public static OverheadSummary? Of(RunTraffic? traffic, RunMeasurements measurements)
    {
        if (traffic is not { AtEnd.Count: > 0 }) return null;
        var record = measurements.Record;
        var peerSeconds = record.HasStarted ? measurements.Peers.Live * record.SecondsAt(record.End) : 0;
        var before = traffic.AtStart.ToDictionary(kind => kind.Kind);
        var kinds = traffic.AtEnd
            .Select(kind => RowOf(kind, before.GetValueOrDefault(kind.Kind), peerSeconds)).ToList();
        return new OverheadSummary
        {
            Messages = kinds.Sum(kind => kind.Messages),
            Bytes = SumOf(kinds, kind => kind.Bytes),
            WeighedOneIn = traffic.WeighedOneIn,
            MessagesPerPeerSecond = SumOf(kinds, kind => kind.PerPeerSecond),
            BytesPerPeerSecond = SumOf(kinds, kind => kind.BytesPerPeerSecond),
            Kinds = kinds,
        };
    }

    private static KindRow RowOf(KindTraffic kind, KindTraffic before, double peerSeconds)
    {
        double? Rate(double? sent) => peerSeconds > 0 && sent is { } many ? many / peerSeconds : null;
        var since = kind.Since(before);
        return new KindRow(
            kind.Kind, kind.Messages, kind.Bytes, Rate(since.Messages), Rate(since.Bytes));
    }

    private static double? SumOf(List<KindRow> kinds, Func<KindRow, double?> value) =>
        kinds.All(kind => value(kind) is not null) ? kinds.Sum(value) : null;
}
