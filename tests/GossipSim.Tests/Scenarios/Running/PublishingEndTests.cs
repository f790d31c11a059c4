using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>The drain is for messages to arrive: whoever could publish for ever stops with the measurement.</summary>
[TestFixture]
internal sealed class PublishingEndTests
{
    private static readonly string[] forever =
        ["gossip.maxMessagesPerPeer=1000000", "gossip.intervalMs=100", "phases.drainSeconds=2"];

    [Test]
    public void Nothing_is_published_in_the_drain_and_all_that_was_has_arrived()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With("", measureSeconds: 6), forever);

        var published = trial.Since(0, EventKind.GossipPublished).Select(trial.SecondsOf).ToList();
        Assert.That(published.Min(), Is.GreaterThanOrEqualTo(1));
        Assert.That(published.Max(), Is.LessThan(7).And.GreaterThan(6.8));
        var gossip = trial.Measure().Gossip;
        Assert.That(gossip.Messages, Is.EqualTo(published.Count));
        Assert.That(gossip.Deliveries, Is.EqualTo(published.Count * 39));
        Assert.That(gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    /// <summary>A paused publisher hears too late that it shall stop; what it says then is not measured.</summary>
    [Test]
    public void What_is_published_after_the_measurement_all_the_same_is_not_measured()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "late", "type": "pause", "atSeconds": 6, "durationSeconds": 2.5, "target": { "group": "all" } }
                """,
                measureSeconds: 6),
            [
                .. forever,
                """groups=[{ "name": "all", "nodes": [{ "pick": "random", "fraction": 1 }] }]""",
                "gossip.publishers.count=40",
            ]);

        Assert.That(trial.Since(7, EventKind.GossipPublished), Is.Not.Empty);
        var measured = trial.Measure();
        Assert.That(measured.Gossip.Messages, Is.EqualTo(
            trial.Since(0, EventKind.GossipPublished).Count(e => trial.SecondsOf(e) <= 7)));
        Assert.That(measured.Messages.Max(message => message.PublishedSeconds), Is.LessThan(6.1));
    }

    [Test]
    public void On_TCP_too_all_that_was_published_arrives()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.With("", measureSeconds: 3, peers: 8),
            [.. TcpTrial.At(FreePorts.Take(11)), .. TcpTrial.Setting(forever)]);

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var gossip = run.Json.GetProperty("gossip");
        Assert.That(gossip.GetProperty("coverageOfLivePeersMin").GetDouble(), Is.EqualTo(1));
        Assert.That(gossip.GetProperty("messages").GetInt64(), Is.InRange(50, 8 * 31));
        Assert.That(File.ReadLines(run["messages.csv"]).Count() - 1, Is.EqualTo(
            gossip.GetProperty("messages").GetInt64()));
    }
}
