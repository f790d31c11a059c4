using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary><c>validate</c> reads strangers' files too: it runs no code of theirs unless it is asked to.</summary>
[TestFixture]
internal sealed class ValidateAssemblyTests
{
    private const string Scenario =
        """
        {
          "protocol": { "name": "mine", "assembly": "Mine.dll", "parameters": { "any": 1 } },
          "expectations": [ { "metric": "metrics.height.mean", "op": ">", "value": 1 } ]
        }
        """;

    [Test]
    public void A_named_assembly_is_not_loaded_and_what_stays_unchecked_is_said()
    {
        using var run = new WholeRun();
        File.WriteAllText(Path.Combine(run.Current, "Mine.dll"), "no assembly");

        var code = run.Main(Scenario, "validate", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Output, Does.Contain("small.json: valid"));
        Assert.That(run.Output, Does.Contain(
            "protocol.assembly Mine.dll was not loaded: the protocol's name, parameters and metrics were not checked"));
    }

    [Test]
    public void It_is_loaded_where_that_is_asked_for()
    {
        using var run = new WholeRun();
        File.WriteAllText(Path.Combine(run.Current, "Mine.dll"), "no assembly");

        var code = run.Main(Scenario, "validate", "small.json", "--load-assembly");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("protocol.assembly").And.Contain("cannot be loaded"));
    }

    [Test]
    public void Everything_else_is_checked_without_it()
    {
        using var run = new WholeRun();

        var code = run.Main(Scenario.Replace("metrics.height", "gossip.height"), "validate", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("gossip.height"));
    }
}
