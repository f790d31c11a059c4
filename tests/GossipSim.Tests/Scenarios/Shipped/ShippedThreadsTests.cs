using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>Whole scenarios with their faults: no number of threads and no load of the machine changes a run.</summary>
[TestFixture]
internal sealed class ShippedThreadsTests
{
    /// <summary>Three runs are to be quick; a window of so many still has work for all threads.</summary>
    private static readonly string[] fewerStill = ["peers.count=800"];

    [TestCaseSource(typeof(ShrunkScenarios), nameof(ShrunkScenarios.All))]
    public void A_shipped_scenario_is_the_same_run_for_every_number_of_threads(string name, string[] settings)
    {
        var alone = Run(threads: 1, name, settings);

        foreach (var threads in new[] { 2, 4 })
        {
            var together = Run(threads, name, settings);
            Assert.That(together.Run.Fingerprint, Is.EqualTo(alone.Run.Fingerprint), $"{threads} threads");
            Assert.That(Told(together), Is.EqualTo(Told(alone)), $"{threads} threads");
        }

        Assert.That(alone.Events, Is.Not.Empty);
    }

    [Test]
    public void A_run_under_load_is_the_same_run([Values(1, 2)] int threads)
    {
        string[] settings = ["peers.count=60", "phases.measureSeconds=12"];
        var calm = Run(threads: 1, "crash-hub", settings);

        using var done = new CancellationTokenSource();
        var siblings = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Spin(done.Token)));
        foreach (var sibling in siblings.ToList()) sibling.Start();
        ScenarioTrial busy;
        try
        {
            busy = Run(threads, "crash-hub", settings);
        }
        finally
        {
            done.Cancel();
        }

        Assert.That(busy.Run.Fingerprint, Is.EqualTo(calm.Run.Fingerprint));
        Assert.That(Told(busy), Is.EqualTo(Told(calm)));
    }

    private static ScenarioTrial Run(int threads, string name, string[] settings) => ScenarioTrial.OnThreads(
        threads, ShippedRun.TextOf(name), isWatched: false,
        ["runtime=sim", .. settings, .. name == "million" ? fewerStill : []]);

    private static IEnumerable<string> Told(ScenarioTrial trial) => trial.Events.Select(told =>
        $"{told.Now} {told.Node} {told.Kind} {told.Event.About} {told.Event.Number}");

    private static void Spin(CancellationToken until)
    {
        while (!until.IsCancellationRequested) Thread.SpinWait(100);
    }
}
