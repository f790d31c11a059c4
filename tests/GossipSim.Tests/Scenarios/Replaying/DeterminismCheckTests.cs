using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Replaying;

/// <summary>Two runs in lockstep: equal when nodes are what they should be, else the first to stray is named.</summary>
[TestFixture]
internal sealed class DeterminismCheckTests
{
    private const int SeedNodes = 3;

    [Test]
    public void A_run_beside_its_twin_is_the_run_that_it_is_alone()
    {
        using var checkedRun = new WholeRun();
        using var alone = new WholeRun();

        var code = checkedRun.Main(SmallScenarios.CrashHub, "small.json", "--check-determinism", "--json");
        alone.Main(SmallScenarios.CrashHub, "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), checkedRun.Error);
        var determinism = checkedRun.Json.GetProperty("determinism");
        var fingerprint = alone.Json.GetProperty("fingerprint").GetString();
        Assert.That(determinism.GetProperty("equal").GetBoolean(), Is.True);
        Assert.That(determinism.GetProperty("fingerprint").GetString(), Is.EqualTo(fingerprint));
        Assert.That(checkedRun.Json.GetProperty("fingerprint").GetString(), Is.EqualTo(fingerprint));
        Assert.That(checkedRun.Error, Does.Contain("Deterministic"));
    }

    [TestCase(Fickleness.StaticCounter)]
    [TestCase(Fickleness.Guid)]
    [TestCase(Fickleness.IdentityHash)]
    public void The_first_node_and_input_that_depend_on_something_else_are_named(Fickleness how)
    {
        const int Input = 25;
        const int Culprit = SeedNodes + 4;

        var outcome = Check((index, factory) => index == Culprit
            ? start => new FickleNode(factory(start), how, Input)
            : factory, out var plan);

        Assert.That(outcome!.Equal, Is.False);
        Assert.That(outcome.First!.Node, Is.EqualTo(plan[Culprit].ToString()));
        // Two counters or orders may agree once by chance.
        Assert.That(outcome.First.InputNumber, Is.InRange(Input, Input + 2));
        Assert.That(outcome.First.One, Does.Contain("timer Watch").And.Not.EqualTo(outcome.First.Other));
    }

    [Test]
    public void A_run_on_sockets_cannot_be_checked()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "small.json", "--check-determinism", "--runtime", "tcp");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.StartWith("--check-determinism: "));
    }

    /// <summary>One run and its twin, of nodes as a test makes them.</summary>
    private static DeterminismSummary? Check(Func<int, NodeFactory, NodeFactory> nodes, out AddressPlan plan)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(SmallScenarios.With("", measureSeconds: 4, peers: 12), "invariants.mode=none");
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch) with { NodesInstead = nodes };
        plan = settings.Plan;
        using var check = new DeterminismCheck(scenario, settings, CancellationToken.None);
        return check.Run(() =>
        {
            var observer = new MeasuringObserver(FactsOfRun.Of(scenario, settings));
            var run = new SimulatedRun(
                scenario, settings, observer, invariants: null, CancellationToken.None, watch: check.Watch);
            run.Run();
            return run.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        });
    }
}
