using System.Globalization;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The tables of a run for other programs: <c>messages.csv</c>, <c>propagation.csv</c>, <c>detection.csv</c>,
/// <c>overhead.csv</c> and, of own protocols, <c>metrics.csv</c>. Missing values are empty.
/// </summary>
internal static class CsvFiles
{
    public static void WriteMessages(TextWriter writer, RunMeasurements measurements)
    {
        writer.Write("id,origin,epoch,number,publishedSeconds,eligiblePeers,reachedPeers,coverage,lostWithOrigin,"
            + "deliveries,recovered,latencyP50Ms,latencyP90Ms,latencyP99Ms,latencyMaxMs,hopsMax,lastDeliveryHop,"
            + "duplicates,peersThen,linksThen,reliability\n");
        foreach (var m in measurements.Messages)
        {
            var key = m.Message.Key;
            WriteRow(
                writer, m.Message.Id, key.Origin, key.Epoch, key.Number, Fixed(m.PublishedSeconds), m.EligiblePeers,
                m.ReachedPeers, m.Coverage, m.LostWithOrigin ? "true" : "false", m.Deliveries, m.Recovered,
                m.LatencyMs.P50, m.LatencyMs.P90, m.LatencyMs.P99, m.LatencyMs.Max, m.HopsMax, m.LastDeliveryHop,
                m.Message.Duplicates, m.Message.PeersThen, m.Message.LinksThen, m.Reliability);
        }
    }

    /// <summary>One row for each crash and seed node; a crash that nobody committed has one row without one.</summary>
    public static void WriteDetection(TextWriter writer, RunMeasurements measurements)
    {
        writer.Write("peer,epoch,fault,degree,crashSeconds,outcome,toSuspicionMs,toReportMs,toRemovalEverywhereMs,"
            + "seedNode,toRemovalThereMs");
        foreach (var stage in DetectionStages.InOrder) writer.Write($",{EventDetail.Name(stage.ToString())}StageMs");
        writer.Write(",stagesTotalMs\n");
        foreach (var crash in measurements.Crashes)
        {
            foreach (var (seedNode, afterMs) in crash.Removals) WriteCrash(writer, crash, seedNode, afterMs);
            if (crash.Removals.Count == 0) WriteCrash(writer, crash, seedNode: null, afterMs: null);
        }
    }

    public static void WritePropagation(TextWriter writer, PropagationSummary propagation)
    {
        writer.Write("hops,receipts,latencyP50Ms,latencyP90Ms,latencyP99Ms,latencyMaxMs\n");
        foreach (var row in propagation.ByHop)
        {
            WriteRow(
                writer, row.Hops, row.Receipts, row.LatencyMs.P50, row.LatencyMs.P90, row.LatencyMs.P99,
                row.LatencyMs.Max);
        }
    }

    public static void WriteOverhead(TextWriter writer, OverheadSummary overhead)
    {
        writer.Write("kind,messages,bytes,messagesPerPeerSecond,bytesPerPeerSecond\n");
        foreach (var kind in overhead.Kinds)
            WriteRow(writer, kind.Kind, kind.Messages, kind.Bytes, kind.PerPeerSecond, kind.BytesPerPeerSecond);
    }

    /// <summary>One row for each metric and moment at which a running node had a value of it.</summary>
    public static void WriteMetrics(TextWriter writer, MetricRecord metrics)
    {
        writer.Write("metric,seconds,nodes,mean,min,max,standardDeviation\n");
        foreach (var series in metrics.Series)
        {
            foreach (var sample in series.Samples)
                WriteRow(
                    writer, series.Metric.Name, Fixed(sample.Seconds), sample.Nodes, sample.Mean, sample.Min,
                    sample.Max, sample.Deviation);
        }
    }

    private static void WriteCrash(TextWriter writer, CrashMeasure measure, string? seedNode, double? afterMs)
    {
        var crash = measure.Crash;
        WriteRow(
            writer,
            [
                crash.Address, crash.Epoch, crash.FaultId, crash.Degree, Fixed(measure.AtSeconds),
                EventDetail.Name(crash.Outcome.ToString()), measure.ToSuspicionMs, measure.ToReportMs,
                measure.ToRemovalMs, seedNode, afterMs,
                .. DetectionStages.InOrder.Select(stage => (object?)measure.Stages.Milliseconds(stage)),
                measure.Stages.TotalMs,
            ]);
    }

    private static string Fixed(double seconds) => seconds.ToString("F6", CultureInfo.InvariantCulture);

    public static void WriteRow(TextWriter writer, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) writer.Write(',');
            writer.Write(Quoted(Convert.ToString(values[i], CultureInfo.InvariantCulture) ?? ""));
        }

        writer.Write('\n');
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(',', '"', '\n') < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
