using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The figures about how long first receipts took, and over how many links.</summary>
internal static class LatencyFigures
{
    public static Figure? All(RunResult result)
    {
        if (result.Measurements.LatenciesMs.Length == 0) return null;
        var figure = PropagationLatencyFigure.Create(Samples(result));
        if (result.Ending.SimulatedLatenciesMs is not { Count: > 0 }) return figure;
        var reading = result.Summary.ToSimulation is { } compared ? $" {compared.Reading}" : "";
        return figure with
        {
            Detail = figure.Detail + (result.Facts.EmulatesLatency ? SameModel : MeasuredLatencies) + reading,
        };
    }

    private const string MeasuredLatencies =
        " The simulator draws the time of each crossing from all crossings that TCP took, each by itself; on one "
        + "machine a flood's first hops find idle processors and its last ones queue, so the curves differ.";

    private const string SameModel =
        " In both, each link is as long as the scenario's latency model says; on TCP what the machine takes is on top.";

    /// <summary>Null without a crash, and where messages were published on one side of it only.</summary>
    public static Figure? ByPhase(RunMeasurements measurements)
    {
        if (measurements.Crashes.Count == 0) return null;
        var begin = measurements.Crashes[0].AtSeconds;
        var ends = measurements.Crashes.Select(crash => crash.AtSeconds + (crash.ToRemovalMs / 1000)).ToList();
        double? end = ends.Contains(null) ? null : ends.Max();
        List<LatencySample> phases =
        [
            Phase("before the crash", m => m.PublishedSeconds < begin),
            Phase("during: crash to removal", m => m.PublishedSeconds >= begin && !(m.PublishedSeconds >= end)),
            Phase("after the removal", m => m.PublishedSeconds >= end),
        ];
        phases.RemoveAll(phase => phase.Milliseconds.Count == 0);
        if (phases.Count < 2) return null;
        return PropagationLatencyFigure.Create(phases) with
        {
            Name = "latency-by-phase",
            Title = "Latency before, during and after the crash",
            Subtitle = "Share of first receipts within a time, by when their message was published",
            Caption = "The phases are parted by the first crash and by the moment at which every live seed node had "
                + "removed the last peer that crashed. A curve further to the right is slower. The lower panel shows "
                + "how much later each share of the receipts came than before the crash.",
        };

        LatencySample Phase(string name, Func<MessageMeasure, bool> chosen) =>
            Sample(name, DelaysOf(measurements.Messages.Where(chosen)));
    }

    public static Figure? Hops(RunMeasurements measurements) => measurements.Propagation.ByHop.Count == 0
        ? null
        : HopFigure.Create(
            [.. measurements.Propagation.ByHop.Select(row => new HopReceipts(row.Hops, row.Receipts))],
            [.. measurements.Messages.Select(m => m.LastDeliveryHop).OfType<int>()]);

    public static Figure? ByHop(RunMeasurements measurements, int most = Thinning.MostPoints)
    {
        var rows = measurements.Propagation.ByHop;
        if (rows.Count == 0) return null;
        var step = Math.Max(1, (rows.Sum(row => row.Receipts) + most - 1) / most);
        var (delays, seen) = (rows.ToDictionary(row => row.Hops, _ => new List<double>()), 0L);
        foreach (var measure in measurements.Messages)
        {
            foreach (ref readonly var receipt in measure.Message.Receipts)
            {
                if (receipt.Recovered) continue;
                var ofHop = delays[receipt.Hops];
                // Of very many receipts some far apart, but one at least of each number of hops.
                if (seen++ % step == 0 || ofHop.Count == 0)
                    ofHop.Add((receipt.At - measure.Message.PublishedAt!.Value).TotalMilliseconds);
            }
        }

        return LatencyByHopFigure.Create(
            [.. rows.Select(row => new HopLatency(
                row.Hops, row.Receipts, [.. delays[row.Hops].Order()], row.LatencyMs.Max!.Value))]);
    }

    private static List<LatencySample> Samples(RunResult result)
    {
        var onTcp = result.Facts.RuntimeName == "tcp";
        var samples = new List<LatencySample>
        {
            Sample(onTcp ? "real TCP" : "simulated", result.Measurements.LatenciesMs),
        };
        if (result.Ending.SimulatedLatenciesMs is { Count: > 0 } simulated)
        {
            var links = result.Facts.EmulatesLatency ? "same model" : "measured latencies";
            samples.Add(new LatencySample($"simulated, {links}", simulated));
        }

        return samples;
    }

    private static LatencySample Sample(string name, double[] milliseconds) =>
        milliseconds.Length <= Thinning.MostPoints
            ? new LatencySample(name, milliseconds)
            : new LatencySample(
                $"{name}, drawn from {Numbers.Count(milliseconds.Length)}", Thinning.ByRank(milliseconds));

    private static double[] DelaysOf(IEnumerable<MessageMeasure> messages)
    {
        var delays = new List<double>();
        foreach (var measure in messages)
        {
            foreach (ref readonly var receipt in measure.Message.Receipts)
                if (!receipt.Recovered)
                    delays.Add((receipt.At - measure.Message.PublishedAt!.Value).TotalMilliseconds);
        }

        return [.. delays];
    }
}
