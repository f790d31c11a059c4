using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exploring;

[TestFixture]
internal sealed class RandomFaultsTests
{
    private const int Draws = 400;

    private static readonly Scenario Small = Load();

    private static readonly FaultBudget Usual = FaultBudget.For(Small, most: null, words: null);

    private static readonly FaultBudget Everything = FaultBudget.For(Small, most: 12, FaultWords.All);

    [Test]
    public void The_same_scenario_and_random_seed_draw_the_same_faults()
    {
        List<string> once = [.. Plans(Everything).Select(Text)];
        List<string> again = [.. Plans(Everything).Select(Text)];

        Assert.That(again, Is.EqualTo(once));
        Assert.That(once, Is.Unique);
    }

    [Test]
    public void A_plan_keeps_to_its_budget()
    {
        var budget = FaultBudget.For(Small, most: 5, ["crash", "restart", "pause"]);
        var plans = Plans(budget).ToList();

        Assert.That(plans.Select(plan => plan.Count).Distinct(), Is.EquivalentTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(
            plans.SelectMany(plan => plan).Select(FaultWords.WordOf).Distinct(),
            Is.EquivalentTo(new[] { "crash", "restart", "pause" }));
    }

    [Test]
    public void Where_there_are_no_seed_nodes_none_are_struck()
    {
        var own = Small with { SeedNodes = Small.SeedNodes with { Count = 0 } };

        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var selectors = RandomFaults.Draw(own, Usual, randomSeed).SelectMany(FaultSelectors.Of);
            Assert.That(selectors.Select(each => each.Selector.Role), Is.All.EqualTo(NodeRole.Peer));
        }
    }

    [Test]
    public void Every_word_is_drawn_and_what_breaks_assumptions_only_when_it_is_named()
    {
        Assert.That(WordsOf(Everything), Is.EquivalentTo(FaultWords.All));
        string[] named = ["byzantine", "sybil", "duplicate", "reorder"];
        Assert.That(WordsOf(Usual), Is.EquivalentTo(FaultWords.All.Except(named)));
    }

    [Test]
    public void Every_plan_and_every_mutation_of_it_is_a_scenario_that_a_file_can_hold()
    {
        using var folder = new ScenarioFolder();
        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var plan = FaultPlan.Draw(Small, Everything, randomSeed);
            for (var child = 0; child < 3; child++) plan = plan.Child(randomSeed + 1000 + child);
            var written = ScenarioJson.Write(plan.ToSimulate());

            Assert.That(ScenarioJson.Write(folder.Load(written)), Is.EqualTo(written));
        }
    }

    [Test]
    public void The_faults_of_the_scenario_stay_and_no_id_is_given_twice()
    {
        foreach (var scenario in Scenarios(Everything))
        {
            Assert.That(scenario.Faults[0], Is.SameAs(Small.Faults[0]));
            Assert.That(scenario.Faults.Select(fault => fault.Id), Is.Unique);
        }
    }

    [Test]
    public void What_lasts_ends_before_the_run_does()
    {
        foreach (var fault in Plans(Usual).SelectMany(plan => plan).Where(fault => fault.LastsSeconds is not null))
            Assert.That(fault.AtSeconds + fault.LastsSeconds, Is.AtMost(Small.Phases.TotalSeconds));
        var endless = Plans(Usual).SelectMany(plan => plan)
            .Where(fault => fault is { CanEnd: true, LastsSeconds: null }).Select(FaultWords.WordOf).Distinct();
        Assert.That(endless, Is.EqualTo(new[] { "crash" }));
    }

    [Test]
    public void Every_crashed_seed_node_comes_back_and_at_most_a_minority_of_disks_is_lost()
    {
        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var plan = FaultPlan.Draw(Small, Everything, randomSeed).Child(randomSeed + 1000);
            var restarts = plan.Faults.OfType<ScheduledRestart>().ToList();
            var crashes = plan.Faults.OfType<ScheduledCrash>().Where(fault => fault.Target.Role == NodeRole.Seed);
            foreach (var crash in crashes)
            {
                var restart = restarts.Find(fault => fault.Target.Fault == crash.Id);
                Assert.That(crash.DurationSeconds is not null || restart?.AtSeconds > crash.AtSeconds, Is.True);
            }

            var lost = restarts.Count(fault => fault is { Disk: DiskState.Empty, Target.Role: NodeRole.Seed });
            Assert.That(lost, Is.AtMost(1));
        }
    }

    [Test]
    public void A_mutated_plan_is_another_one_and_its_lineage_draws_it_again()
    {
        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var parent = FaultPlan.Draw(Small, Usual, randomSeed);
            var grandchild = parent.Child(randomSeed + 1000).Child(randomSeed + 2000);
            var again = FaultPlan.Of(
                first => FaultPlan.Draw(Small, Usual, first), grandchild.Parents, grandchild.RandomSeed);

            Assert.That(grandchild.Parents, Is.EqualTo(new[] { randomSeed, randomSeed + 1000L }));
            Assert.That(Text(again.Faults), Is.EqualTo(Text(grandchild.Faults)));
        }

        var changed = Enumerable.Range(0, Draws).Count(randomSeed =>
        {
            var parent = FaultPlan.Draw(Small, Usual, randomSeed);
            return Text(parent.Child(randomSeed + 1000).Faults) != Text(parent.Faults);
        });
        Assert.That(changed, Is.GreaterThan(Draws * 9 / 10));
    }

    private static Scenario Load()
    {
        using var folder = new ScenarioFolder();
        // Its only fault gets the id crash-1.
        return folder.Load(SmallScenarios.With("""{ "type": "crash", "atSeconds": 3, "target": { "index": [0] } }"""));
    }

    private static IEnumerable<IReadOnlyList<ScheduledFault>> Plans(FaultBudget budget) =>
        Enumerable.Range(0, Draws).Select(randomSeed => RandomFaults.Draw(Small, budget, randomSeed));

    private static IEnumerable<Scenario> Scenarios(FaultBudget budget) =>
        Enumerable.Range(0, Draws).Select(randomSeed => FaultPlan.Draw(Small, budget, randomSeed).ToSimulate());

    private static HashSet<string> WordsOf(FaultBudget budget) =>
        [.. Plans(budget).SelectMany(plan => plan).Select(FaultWords.WordOf)];

    private static string Text(IReadOnlyList<ScheduledFault> faults) =>
        ScenarioJson.Write(Small with { Faults = faults });
}
