using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>What explore draws beside faults: within its bounds, valid, and the same again for a random seed.</summary>
[TestFixture]
internal sealed class VariationTests
{
    private const int Draws = 400;

    [Test]
    public void Everything_that_is_varied_takes_all_its_values_and_none_beyond_its_bounds()
    {
        var scenario = Load("{}");
        var drawn = Enumerable.Range(0, Draws).Select(seed => Variation.Draw(scenario, seed)).ToList();

        Assert.That(drawn.Select(each => each.SeedNodes.Count).Distinct().Order(), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        var peers = drawn.Select(each => each.Peers.Count).ToList();
        Assert.That(peers, Has.All.InRange(2, Variation.MostPeers).And.Some.EqualTo(2));
        Assert.That(
            drawn.Select(each => each.Peers.RegisterWith).Distinct(), Is.EquivalentTo(Enum.GetValues<RegisterWith>()));
        Assert.That(
            drawn.Select(each => each.Overlay.Rule).Distinct().Append(OverlayRuleName.FromFile),
            Is.EquivalentTo(Enum.GetValues<OverlayRuleName>()));
        var latencies = drawn.Select(each => each.Network.Latency.GetType());
        Assert.That(latencies.Distinct().Count(), Is.GreaterThanOrEqualTo(3));
        Assert.That(drawn.Select(each => each.SeedNodes.SyncIntervalMs), Has.All.InRange(1000, 4000));
        Assert.That(drawn.Select(each => each.Liveness.PingIntervalMs).Distinct().Count(), Is.GreaterThan(100));
        Assert.That(drawn.Select(each => each.Gossip.Publishers.Count <= each.Peers.Count), Has.All.True);
    }

    [Test]
    public void What_is_drawn_is_a_valid_scenario_and_the_same_again()
    {
        using var folder = new ScenarioFolder();
        var scenario = Load("{}");
        for (var seed = 0; seed < Draws; seed++)
        {
            var written = ScenarioJson.Write(Variation.Draw(scenario, seed));

            Assert.That(ScenarioJson.Write(folder.Load(written)), Is.EqualTo(written));
            Assert.That(ScenarioJson.Write(Variation.Draw(scenario, seed)), Is.EqualTo(written));
        }
    }

    [Test]
    public void A_scenario_that_names_nodes_keeps_them()
    {
        var scenario = Load(
            """
            { "seedNodes": { "count": 4 }, "peers": { "count": 60 },
              "faults": [{ "type": "crash", "atSeconds": 1, "target": { "role": "seed", "index": [3] } }] }
            """);

        for (var seed = 0; seed < Draws; seed++)
        {
            var drawn = Variation.Draw(scenario, seed);
            Assert.That((drawn.SeedNodes.Count >= 4, drawn.Peers.Count), Is.EqualTo((true, 60)));
        }
    }

    [Test]
    public void All_shipped_scenarios_share_the_runs_and_the_largest_are_left_out()
    {
        using var explored = new WholeRun();
        foreach (var name in new[] { "byzantine", "churn", "third" })
            explored.Ship($"{name}.json", SmallScenarios.With("").Replace("\"small\"", $"\"{name}\""));
        explored.Ship("million.json", """{ "peers": { "count": 1000000 } }""");

        var code = explored.Main(SmallScenarios.CrashHub, "explore", "--all", "--runs", "2");

        Assert.That(code, Is.EqualTo(ExitCode.Held), explored.Error);
        var told = explored.Output + explored.Error;
        Assert.That(told, Does.Contain("Nothing was broken in any of them.").And.Contain("million is left out"));
        Assert.That(told, Does.Contain("1 run of byzantine").And.Contain("1 run of churn"));
    }

    [TestCase("explore", "small.json", "--all")]
    [TestCase("explore", "--all", "--parents", "1")]
    [TestCase("explore")]
    public void A_scenario_or_all_of_them_are_explored(params string[] arguments)
    {
        using var explored = new WholeRun();

        Assert.That(explored.Main(SmallScenarios.CrashHub, arguments), Is.EqualTo(ExitCode.BadInput));
        Assert.That(explored.Error, Does.Contain("--all"));
    }

    private static Scenario Load(string text)
    {
        using var folder = new ScenarioFolder();
        return folder.Load(text);
    }
}
