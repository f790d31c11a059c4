using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class FactsOfRunTests
{
    [TestCase("preferentialAttachment", "power-law")]
    [TestCase("zipfRank", "power-law")]
    [TestCase("uniform", "uniform")]
    [TestCase("smallWorld", "smallWorld")]
    public void The_log_says_power_law_only_of_rules_that_aim_at_one(string rule, string said)
    {
        using var folder = new ScenarioFolder();
        var scenario = new ScenarioLoader(folder.Library)
            .LoadDefaults("a-rule", [Setting.Parse($"overlay.rule={rule}")]).Scenario;

        var facts = FactsOfRun.Of(scenario, ProtocolSettings.Of(scenario, DateTimeOffset.UnixEpoch));

        Assert.That(facts.NeighborChoice, Is.EqualTo(said));
    }
}
