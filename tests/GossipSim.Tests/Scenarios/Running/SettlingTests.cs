using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Invariants;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>How a simulated run goes on after its end, for the promises that hold "when quiet".</summary>
internal sealed class SettlingTests
{
    private const int MeasureSeconds = 60;

    [Test]
    public void A_message_published_after_the_network_became_quiet_is_judged_too()
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(SmallScenarios.With("", MeasureSeconds, peers: 8), "gossip.intervalMs=10000");
        var deafFrom = Instant.FromSeconds(50);
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch) with
        {
            NodesInstead = (index, right) => index != 7 ? right : start => new PartlyDeafNode(
                right(start), (message, now) => message is not (Gossip or IHave) || now < deafFrom, _ => true),
        };
        var facts = FactsOfRun.Of(scenario, settings);
        var watch = settings.WatchOver(facts, scenario);

        var outcome = new SimulatedRun(
            scenario, settings, new MeasuringObserver(facts), watch, CancellationToken.None).Run();

        Assert.That(outcome, Is.EqualTo(RunOutcome.Completed));
        Assert.That(
            watch.Outcomes().Where(row => row.Violated).Select(row => row.Name).Distinct(),
            Is.EqualTo(new[] { "gossipReachesLiveComponent" }));
    }
}
