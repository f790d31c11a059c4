using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Same scenario and random seed, same run; and what one fault changes is that fault's doing alone.</summary>
[TestFixture]
internal sealed class DeterminismTests
{
    private static readonly TestCaseData[] Scenarios =
    [
        new TestCaseData(SmallScenarios.CrashHub).SetArgDisplayNames("crash-hub"),
        new TestCaseData(SmallScenarios.Partition).SetArgDisplayNames("partition"),
    ];

    [TestCaseSource(nameof(Scenarios))]
    public void The_same_random_seed_gives_the_same_fingerprint_and_another_one_another(string scenario)
    {
        var first = ScenarioTrial.Of(scenario);
        var second = ScenarioTrial.Of(scenario);
        var other = ScenarioTrial.Of(scenario, "randomSeed=43");

        Assert.That(second.Run.Fingerprint, Is.EqualTo(first.Run.Fingerprint));
        Assert.That(other.Run.Fingerprint, Is.Not.EqualTo(first.Run.Fingerprint));
    }

    [TestCaseSource(nameof(Scenarios))]
    public void Watching_the_invariants_changes_nothing(string scenario)
    {
        var watched = ScenarioTrial.Of(scenario, isWatched: true);
        var alone = ScenarioTrial.Of(scenario, isWatched: false);

        Assert.That(alone.Run.Fingerprint, Is.EqualTo(watched.Run.Fingerprint));
    }

    [Test]
    public void Adding_a_fault_changes_nothing_that_happens_before_it()
    {
        var calm = ScenarioTrial.Of(SmallScenarios.With(""));
        var struck = ScenarioTrial.Of(SmallScenarios.CrashHub);

        Assert.That(Before(struck, EventKind.GossipPublished), Is.EqualTo(Before(calm, EventKind.GossipPublished)));
        Assert.That(Before(struck, EventKind.GossipPublished), Is.Not.Empty);
        // Equal arrivals are equal latencies, on every link that a message crossed.
        Assert.That(Before(struck, EventKind.GossipDelivered), Is.EqualTo(Before(calm, EventKind.GossipDelivered)));
    }

    [Test]
    public void Adding_a_fault_leaves_the_publishers_and_their_times_as_they_are()
    {
        var calm = ScenarioTrial.Of(SmallScenarios.With(""));
        var struck = ScenarioTrial.Of(SmallScenarios.CrashHub);
        var victim = struck.All(EventKind.ProcessCrashed).Single().Node;

        var expected = Publications(calm).Where(publication => publication.Node != victim);
        Assert.That(Publications(struck).Where(publication => publication.Node != victim), Is.EqualTo(expected));
    }

    [Test]
    public void Other_latencies_leave_the_publishers_as_they_are()
    {
        var near = ScenarioTrial.Of(SmallScenarios.With(""));
        var far = ScenarioTrial.Of(SmallScenarios.With(""), "network.latency.medianMs=40");

        Assert.That(Publishers(far), Is.EqualTo(Publishers(near)));
    }

    private static List<(NodeAddress, Instant, NodeAddress, GossipKey)> Before(ScenarioTrial trial, EventKind kind) =>
        [.. trial.All(kind).Where(e => trial.SecondsOf(e) < 6)
            .Select(e => (e.Node, e.Now, e.Event.About, ((Gossip)e.Event.Detail!).Key))];

    private static List<(NodeAddress Node, Instant Now, string Id)> Publications(ScenarioTrial trial) =>
        [.. trial.All(EventKind.GossipPublished).Select(e => (e.Node, e.Now, ((Gossip)e.Event.Detail!).Id))];

    private static List<NodeAddress> Publishers(ScenarioTrial trial) =>
        [.. trial.All(EventKind.GossipPublished).Select(e => e.Node).Distinct().Order()];
}
