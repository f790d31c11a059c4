using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What the simulator counts of the messages that nodes send.</summary>
[TestFixture]
internal sealed class SentTrafficTests
{
    private static readonly string quiet = SmallScenarios.With(faults: "", measureSeconds: 12, peers: 24);

    [Test]
    public void Every_copy_of_a_message_that_arrived_was_counted_when_it_was_sent()
    {
        var trial = ScenarioTrial.Of(quiet);

        var gossip = trial.Run.Traffic!.AtEnd.Single(kind => kind.Kind == "GOSSIP");

        Assert.That(gossip.Messages, Is.EqualTo(trial.World.Gossip.Deliveries + trial.World.Gossip.Duplicates));
        Assert.That(gossip.Bytes / gossip.Messages, Is.InRange(100, 400), "a line of JSON");
    }

    [Test]
    public void Flooding_sends_what_its_law_says()
    {
        var propagation = ScenarioTrial.Of(quiet).Measure().Propagation;

        Assert.That(propagation.RelativeRedundancy, Is.GreaterThan(1));
        Assert.That(
            propagation.RelativeRedundancy, Is.EqualTo(propagation.RelativeRedundancyOfFlooding).Within(1e-12));
    }

    [Test]
    public void The_number_of_threads_changes_no_count()
    {
        var one = ScenarioTrial.OnThreads(1, quiet, isWatched: false).Run.Traffic!;
        var three = ScenarioTrial.OnThreads(3, quiet, isWatched: false).Run.Traffic!;

        Assert.That(three.AtEnd, Is.EqualTo(one.AtEnd));
        Assert.That(three.AtStart, Is.EqualTo(one.AtStart));
        Assert.That(one.AtEnd.Select(kind => kind.Kind), Is.SupersetOf(new[] { "GOSSIP", "PING", "REGISTER", "VOTE" }));
    }

    [Test]
    public void The_stages_of_a_simulated_crash_are_all_there_and_sum_to_the_total()
    {
        var crash = ScenarioTrial.Of(SmallScenarios.CrashHub).Measure().Crashes.Single();

        var spans = DetectionStages.InOrder.Select(stage => crash.Stages.Milliseconds(stage)).ToList();

        Assert.That(spans, Has.None.Null);
        Assert.That(spans.Sum(), Is.EqualTo(crash.Stages.TotalMs).Within(1e-9));
        Assert.That(spans.Take(7).Sum(), Is.EqualTo(crash.ToRemovalMs).Within(1e-9));
    }
}
