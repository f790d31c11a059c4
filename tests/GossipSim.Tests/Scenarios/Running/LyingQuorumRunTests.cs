using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>
/// ANCHORS 2.8, S9, in whole runs: four seed nodes with a quorum of three stand one that says yes to all. Where more of
/// them do, the living can be voted out, and the run tells that promises broke as expected.
/// </summary>
[TestFixture]
internal sealed class LyingQuorumRunTests
{
    [Test]
    public void Liars_within_the_bound_remove_nobody()
    {
        var trial = Slandered("[3]");

        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.Watch!.Expected(), Is.Empty);
        Assert.That(Removals(trial), Is.Empty);
    }

    [Test]
    public void A_lying_quorum_removes_the_living_and_the_run_says_that_this_was_to_be_expected()
    {
        var trial = Slandered("[1, 2, 3]");

        Assert.That(Removals(trial), Is.Not.Empty);
        Assert.That(trial.Violations, Is.Empty, "what was to be expected is not held against the program");
        Assert.That(trial.Watch!.IsViolated, Is.False);
        Assert.That(trial.Watch!.Expected()["noFalseRemoval"], Is.Positive);
        var told = trial.Watch!.Outcomes().Single(row => row.Name == "noFalseRemoval");
        Assert.That(told.Detail, Does.StartWith(
            "broken as expected, because 3 of 4 seed nodes lie, and a quorum of 3 stands at most 1: 127.0.0.1:"));
    }

    /// <param name="liars">Indexes of the seed nodes that say yes to all.</param>
    private static ScenarioTrial Slandered(string liars) => ScenarioTrial.Of(
        SmallScenarios.With(
            $$"""
            { "id": "yes-men", "type": "byzantine", "atSeconds": 2, "behavior": "voteAlwaysYes",
              "target": { "role": "seed", "index": {{liars}} } },
            { "id": "slanderers", "type": "byzantine", "atSeconds": 5, "behavior": "falseDeadReport",
              "target": { "pick": "random", "count": 2 }, "victim": { "pick": "highestDegree" } }
            """,
            peers: 20),
        "seedNodes.count=4", "expectations=[]");

    private static IEnumerable<ScenarioTrial.Reported> Removals(ScenarioTrial trial) =>
        trial.All(EventKind.EntryCommitted).Where(e => !((Ballot)e.Event.Detail!).Entry.IsAlive);
}
