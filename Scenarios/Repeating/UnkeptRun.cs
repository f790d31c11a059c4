using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Repeating;

/// <summary>One run of a scenario for its summary alone: measured and judged like any other, and no folder.</summary>
internal static class UnkeptRun
{
    /// <param name="isStrict">Whether warnings fail it.</param>
    /// <param name="threads">That simulate it and fit its degrees; its results do not depend on them.</param>
    public static async Task<RunResult> RunAsync(
        Scenario scenario, string repeatCommand, int threads, CancellationToken cancel, bool isStrict = false)
    {
        var zero = scenario.Runtime == RuntimeKind.Tcp ? DateTimeOffset.Now : RunLogs.SimulatedEpoch;
        var settings = ProtocolSettings.Of(scenario, zero);
        var facts = FactsOfRun.Of(scenario, settings);
        var observer = new MeasuringObserver(facts) { Traffic = TrafficCounting.Sampled };
        var invariants = settings.WatchIfWanted(facts, scenario);
        var meter = new PerformanceMeter();
        RunAttempt attempt;
        if (scenario.Runtime == RuntimeKind.Tcp)
        {
            using var disks = new ShortLivedFolder();
            TcpRun.RequireFreePorts(settings.Plan);
            await using var run = new TcpRun(scenario, settings, disks.FullPath);
            await run.OpenAsync();
            attempt = await run.RunAsync(observer, invariants, latencies: null, meter, cancel);
        }
        else
        {
            var run = new SimulatedRun(scenario, settings, observer, invariants, cancel, threads: threads);
            attempt = ScenarioRunner.Simulate(run, meter);
        }

        var performance = meter.Conclude(attempt.Events, scenario.Peers.Count);
        var measurements = RunMeasurements.Of(observer.World, new MeasurementOptions { Threads = threads });
        return RunResult.Conclude(
            measurements, EndingOfRun.Of(scenario, attempt, invariants, performance, repeatCommand) with
            {
                IsStrict = isStrict,
            });
    }

    /// <summary>Where the disks of nodes are that are processes of their own.</summary>
    private sealed class ShortLivedFolder : IDisposable
    {
        public string FullPath { get; } = Directory.CreateTempSubdirectory("gossipsim-").FullName;

        public void Dispose() => Directory.Delete(FullPath, recursive: true);
    }
}
