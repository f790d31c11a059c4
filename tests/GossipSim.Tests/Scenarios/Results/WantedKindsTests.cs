using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>What listeners say they do not want to hear of leaves no trace with them.</summary>
[TestFixture]
internal sealed class WantedKindsTests
{
    private const string Faults =
        SmallScenarios.Split + """
        ,
        { "id": "kill", "type": "crash", "atSeconds": 24, "durationSeconds": 6, "target": { "index": [2] } },
        { "id": "stop", "type": "pause", "atSeconds": 25, "durationSeconds": 3, "target": { "index": [5] } },
        { "id": "seed", "type": "crash", "atSeconds": 26, "durationSeconds": 4,
          "target": { "role": "seed", "index": [2] } },
        { "id": "go", "type": "leave", "atSeconds": 30, "target": { "index": [9] } }
        """;

    private static readonly ScenarioTrial Trial = ScenarioTrial.Of(
        SmallScenarios.With(Faults, measureSeconds: 40), "invariants.onViolation=continue");

    [Test]
    public void The_record_measures_the_same_without_the_kinds_that_it_does_not_want()
    {
        var (all, wanted) = (new RunRecord(Trial.World.Facts), new RunRecord(Trial.World.Facts));
        Tell(all, (_, _) => { }, all.MarkScenarioStart, everything: true);
        Tell(wanted, (_, _) => { }, wanted.MarkScenarioStart, everything: false);

        Assert.That(FiguresOf(wanted), Is.EqualTo(FiguresOf(all)));
        Assert.That(wanted.Events, Is.LessThan(all.Events));
    }

    [Test]
    public void The_invariants_judge_the_same_without_the_kinds_that_they_do_not_want()
    {
        var timings = new QuietTimings(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(10));
        var watches = new[] { false, true }.Select(everything =>
        {
            var watch = new InvariantWatch(Trial.World.Facts, timings, new Dictionary<string, string>());
            Tell(watch, (_, at) => watch.JudgeQuiet(at), watch.MarkScenarioStart, everything);
            watch.JudgeQuiet(Instant.FromSeconds(600));
            return watch.Outcomes().Select(row => (row.Name, row.Violated, row.Detail, row.AtSeconds, row.Judged));
        }).ToArray();

        Assert.That(watches[0], Is.EqualTo(watches[1]));
        Assert.That(watches[0].Count(row => row.Violated), Is.GreaterThan(0), "quiet came far too early");
    }

    private static void Tell(
        ITrace hearer, Action<NodeAddress, Instant> then, Action<Instant> markStart, bool everything)
    {
        var hasStarted = false;
        foreach (var (node, now, e) in Trial.Events)
        {
            if (!hasStarted && now > Trial.World.ScenarioStart)
            {
                markStart(Trial.World.ScenarioStart);
                hasStarted = true;
            }

            if (everything || hearer.Wants(e.Kind)) hearer.Report(node, now, e);
            then(node, now);
        }
    }

    private static string FiguresOf(RunRecord record)
    {
        record.MarkEnd(Trial.World.End);
        var measured = RunMeasurements.Of(record, MeasurementOptions.Least);
        return JsonSerializer.Serialize(new
        {
            measured.Peers, measured.Overlay, measured.Gossip, measured.Detection, measured.Membership,
            measured.LatenciesMs, record.LaggingPeers,
        });
    }
}
