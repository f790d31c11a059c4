using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Protocols;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// How the metrics of an own protocol went: at every whole second of scenario time, and at the end, what the running
/// nodes had last reported.
/// </summary>
internal sealed class MetricRecord(IReadOnlyList<Metric> declared)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, MetricSeries> byName =
        declared.ToDictionary(metric => metric.Name, metric => new MetricSeries(metric));

    private Instant? next;
    private Instant start;

    public ProtocolWorld World { get; } = new();

    /// <summary>In the order of names; those that nobody ever reported have no sample.</summary>
    public IEnumerable<MetricSeries> Series =>
        byName.Values.OrderBy(series => series.Metric.Name, StringComparer.Ordinal);

    /// <summary>By the names of the metrics.</summary>
    public Dictionary<string, MetricSummary> Summarize() =>
        Series.ToDictionary(series => series.Metric.Name, series => series.Summarize());

    public void MarkScenarioStart(Instant now) => (start, next) = (now, now);

    public void MarkEnd(Instant now)
    {
        SampleUntil(now);
        if (next is not null) Sample(now);
        next = null;
    }

    public void Observe(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        SampleUntil(now);
        World.Seconds = (now - start).TotalSeconds;
        World.Observe(node, e);
        if (e.Kind == EventKind.Measured && !byName.ContainsKey(((Metric)e.Detail!).Name))
            byName.Add(((Metric)e.Detail).Name, new MetricSeries((Metric)e.Detail));
    }

    /// <summary>Takes the samples of all moments before now: what happens at a moment is part of its sample.</summary>
    private void SampleUntil(Instant now)
    {
        for (; next is { } moment && moment < now; next = moment + Step)
            Sample(moment);
    }

    private void Sample(Instant moment)
    {
        foreach (var series in byName.Values)
            series.Sample((moment - start).TotalSeconds, World.LiveValues(series.Metric));
    }
}
