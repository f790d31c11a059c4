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
    private const int Draws = 300;

    private static readonly Scenario Small = Load();

    [Test]
    public void The_same_scenario_and_random_seed_draw_the_same_faults()
    {
        List<string> once = [.. AllDrawn().Select(Words)];
        List<string> again = [.. AllDrawn().Select(Words)];

        Assert.That(again, Is.EqualTo(once));
        Assert.That(Drawn(1).Select(Words), Is.Not.EqualTo(Drawn(2).Select(Words)));
    }

    [Test]
    public void The_faults_of_the_scenario_stay_and_no_id_is_given_twice()
    {
        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var faults = RandomFaults.Of(Small with { RandomSeed = randomSeed });

            Assert.That(faults[0], Is.SameAs(Small.Faults[0]));
            Assert.That(faults.Select(fault => fault.Id), Is.Unique);
        }
    }

    [Test]
    public void Every_drawn_fault_strikes_while_the_scenario_lasts_and_ends()
    {
        foreach (var fault in AllDrawn())
        {
            var last = Small.Phases.WarmupSeconds + Small.Phases.MeasureSeconds;
            // A restart is the end of a crash and may come later.
            if (fault is not ScheduledRestart) Assert.That(fault.AtSeconds, Is.InRange(0, last));
            if (fault is ScheduledPartition or ScheduledLinkLoss) Assert.That(fault.LastsSeconds, Is.GreaterThan(0));
        }
    }

    [Test]
    public void Every_crashed_seed_node_comes_back_and_at_most_a_minority_of_disks_is_lost()
    {
        for (var randomSeed = 0; randomSeed < Draws; randomSeed++)
        {
            var faults = Drawn(randomSeed);
            List<ScheduledCrash> crashes =
                [.. faults.OfType<ScheduledCrash>().Where(fault => fault.Target.Role == NodeRole.Seed)];
            List<ScheduledRestart> restarts =
                [.. faults.OfType<ScheduledRestart>().Where(fault => fault.Target.Role == NodeRole.Seed)];

            Assert.That(restarts.Select(Place), Is.EqualTo(crashes.Select(Place)));
            Assert.That(restarts.Zip(crashes).All(pair => pair.First.AtSeconds > pair.Second.AtSeconds), Is.True);
            Assert.That(restarts.Count(fault => fault.Disk == DiskState.Empty), Is.AtMost(1));
        }
    }

    [Test]
    public void Every_kind_of_fault_is_drawn_and_sometimes_many_peers_crash_at_once()
    {
        var kinds = AllDrawn().Select(fault => fault.GetType()).ToHashSet();

        Assert.That(kinds, Is.SupersetOf(new[]
        {
            typeof(ScheduledCrash), typeof(ScheduledRestart), typeof(ScheduledPartition), typeof(ScheduledLinkLoss),
        }));
        var mostAtOnce = Enumerable.Range(0, Draws).Max(randomSeed => Drawn(randomSeed)
            .OfType<ScheduledCrash>().GroupBy(fault => fault.AtSeconds).Select(group => group.Count()).Append(0).Max());
        Assert.That(mostAtOnce, Is.EqualTo(Small.Peers.Count / 3));
    }

    private static Scenario Load()
    {
        using var folder = new ScenarioFolder();
        // Its only fault gets the id crash-1.
        return folder.Load(SmallScenarios.With("""{ "type": "crash", "atSeconds": 3, "target": { "index": [0] } }"""));
    }

    private static List<ScheduledFault> Drawn(int randomSeed) =>
        [.. RandomFaults.Of(Small with { RandomSeed = randomSeed }).Skip(Small.Faults.Count)];

    private static IEnumerable<ScheduledFault> AllDrawn() => Enumerable.Range(0, Draws).SelectMany(Drawn);

    private static int Place(ScheduledFault fault) => fault.Struck!.Index!.Single();

    private static string Words(ScheduledFault fault) =>
        $"{fault.Id} {fault.AtSeconds} {fault.LastsSeconds} {string.Join(',', fault.Struck?.Index ?? [])} "
        + string.Join('|', (fault as ScheduledPartition)?.Groups.Select(Words) ?? []);

    private static string Words(PartitionGroup group) => string.Join(
        ';', group.Selectors?.Select(selector => $"{selector.Role}{string.Join(',', selector.Index!)}") ?? []);
}
