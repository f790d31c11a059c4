using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>A metric over scenario time; moments at which no node had reported a value are left out.</summary>
internal sealed class MetricSeries(Metric metric)
{
    private readonly List<MetricSample> samples = [];

    public Metric Metric => metric;

    public IReadOnlyList<MetricSample> Samples => samples;

    public void Sample(double seconds, IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) return;
        var (min, max) = (values.Min(), values.Max());
        // Of equal values the sum is rounded, and the mean would lie beside them.
        var mean = Math.Clamp(values.Sum() / values.Count, min, max);
        var squares = values.Sum(value => (value - mean) * (value - mean));
        samples.Add(new MetricSample(
            seconds, values.Count, mean, min, max, Math.Sqrt(squares / values.Count)));
    }

    public MetricSummary Summarize() => samples.Count == 0 ? new MetricSummary() : new MetricSummary
    {
        Last = samples[^1].Mean,
        Min = samples.Min(sample => sample.Min),
        Max = samples.Max(sample => sample.Max),
        Mean = samples.Average(sample => sample.Mean),
        Spread = samples[^1].Max - samples[^1].Min,
    };
}
