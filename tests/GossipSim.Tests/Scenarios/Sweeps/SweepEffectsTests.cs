using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Sweeps;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

[TestFixture]
internal sealed class SweepEffectsTests
{
    private const string Latency = "gossip.latencyMs.p50";

    private readonly SweepPlan plan = SmallSweeps.Plan(SmallSweeps.Grid, "sweep.repeats=8");

    [Test]
    public void An_effect_far_below_the_spread_of_a_cell_is_shown_where_chances_are_common()
    {
        var effects = SweepEffects.Of(
            Data((cell, repeat) => (1000 * repeat) + (cell >= 3 ? 5 : 0) + Jitter(cell, repeat)));

        var loss = effects.Single(effect => effect.Metric.Path == Latency && effect.Parameter == "loss");
        Assert.That(loss.Interval!.Mean, Is.EqualTo(5).Within(1));
        Assert.That((loss.IsShown, loss.VerdictInWords), Is.EqualTo((true, "grows")));
        Assert.That(
            loss.InWords(), Does.StartWith("latency (ms), loss from 0 to 0.05: +").And.Contains("larger than its"));
        Assert.That(
            effects.Where(effect => effect.Metric.Path == Latency && effect != loss).Select(effect => effect.IsShown),
            Is.All.False);
    }

    [Test]
    public void What_never_differs_is_told_apart_from_what_is_not_shown()
    {
        var effects = SweepEffects.Of(Data((_, repeat) => repeat));

        Assert.That(effects.Select(effect => effect.IsNothing), Is.All.True);
        Assert.That(effects[0].InWords(), Does.Contain("no repeat differs"));
    }

    [Test]
    public void The_error_is_shared_by_all_that_differ()
    {
        var effects = SweepEffects.Of(Data(Jitter));

        // Of the latency: 1 step of loss, 2 of peers, 1 of both together; the other figure never differs.
        Assert.That(effects.Count(effect => !effect.IsNothing), Is.EqualTo(4));
        Assert.That(effects[0].Interval!.Level, Is.EqualTo(1 - (0.05 / 4)).Within(1e-12));
    }

    [Test]
    public void A_cell_without_the_figure_leaves_the_effect_open_and_the_means_of_others_alone()
    {
        var results = Data(Jitter).Results.ToArray();
        for (var repeat = 0; repeat < 8; repeat++) results[repeat] = results[repeat] with { ExitCode = 4 };
        var data = new SweepData(plan, results);

        var sentences = SweepSentences.Of(SweepEffects.Of(data), plan).ToList();

        Assert.That(
            sentences[^1], Does.StartWith("There are too few repeats for ").And.Contains(" on latency (ms), overlay."));
        Assert.That(data.Mean(Latency, plan.Cells[0]), Is.Null);
        Assert.That(data.Mean(Latency, plan.Cells[1])!.Count, Is.EqualTo(8));
        Assert.That(
            SweepReport.Write(data, SweepEffects.Of(data), SweepFigures.Compose(data)), Does.Contain("</html>"));
    }

    private SweepData Data(Func<int, int, double> latency) => new(
        plan,
        [
            .. Enumerable.Range(0, plan.TaskCount).Select(plan.Task).Select(task => new Repeat(
                task.RandomSeed, 0, "ff",
                new Dictionary<string, double>
                {
                    [Latency] = latency(task.Cell.Number, task.Repeat), ["overlay.edges"] = 9,
                },
                null)),
        ]);

    /// <summary>Anything between -1 and 1 that has no pattern.</summary>
    private static double Jitter(int cell, int repeat) => Math.Sin(((cell * 37) + (repeat * 101)) * 12.9898);
}
