using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.Repeating;
using NUnit.Framework;
using RepeatComparison = GossipSim.Scenarios.Repeating.Comparison;

namespace GossipSim.Tests.Scenarios.Gates;

[TestFixture]
internal sealed class GateJudgeTests
{
    private const string Latency = "gossip.latencyMs.p99";

    [TestCase("> +10 %", 120, GateVerdict.Failed)]
    [TestCase("> +10 %", 105, GateVerdict.Passed)]
    [TestCase("> +10 %", 110, GateVerdict.Passed, Description = "the bound itself")]
    [TestCase(">= +10 %", 110, GateVerdict.Failed, Description = "the bound itself")]
    [TestCase("> +3", 104, GateVerdict.Failed)]
    [TestCase("> +3", 102, GateVerdict.Passed)]
    [TestCase("< -5 %", 90, GateVerdict.Failed)]
    [TestCase("< -5 %", 99, GateVerdict.Passed)]
    [TestCase("> -5 %", 99, GateVerdict.Failed, Description = "B has to be smaller by 5 %")]
    [TestCase("> +-5 %", 90, GateVerdict.Failed)]
    [TestCase("> +-5 %", 110, GateVerdict.Failed)]
    [TestCase("> +-5 %", 101, GateVerdict.Passed)]
    public void Pairs_that_all_agree_decide(string change, double b, GateVerdict verdict)
    {
        var outcome = Judge($"{Latency} {change}", Side(100, 100, 100), Side(b, b, b));

        Assert.That(outcome.Verdict, Is.EqualTo(verdict), outcome.Reason);
        Assert.That((outcome.A, outcome.B, outcome.Unit), Is.EqualTo((100.0, b, "ms")));
    }

    [Test]
    public void An_interval_on_both_sides_of_the_bound_is_open()
    {
        var outcome = Judge($"{Latency} > +10 %", Side(100, 100, 100), Side(90, 112, 135));

        Assert.That(outcome.Verdict, Is.EqualTo(GateVerdict.Inconclusive));
        Assert.That(outcome.Reason, Does.Contain("A 100, B 112.3 ms, +12.3 %").And.Contain("on both sides"));
        Assert.That((outcome.Low < 0, outcome.High > 0), Is.EqualTo((true, true)));
        Assert.That(GateJudge.ExitCodeOf([outcome]), Is.EqualTo(ExitCode.Inconclusive));
    }

    /// <summary>Pairs share their chances: a spread of A that B follows is no doubt about the ratio.</summary>
    [Test]
    public void A_relative_bound_is_judged_pair_by_pair()
    {
        var outcome = Judge($"{Latency} > +10 %", Side(100, 200, 400), Side(120, 240, 480));

        Assert.That(outcome.Verdict, Is.EqualTo(GateVerdict.Inconclusive), "10, 20 and 40 above are few");
        Assert.That(Judge($"{Latency} > +19 %", Side(100, 101, 102), Side(120, 121.2, 122.4)).Verdict,
            Is.EqualTo(GateVerdict.Failed));
    }

    [Test]
    public void What_was_not_measured_is_no_gate_that_held()
    {
        var empty = new Dictionary<string, double>();
        Repeat[] none = [.. Side(1, 1, 1).Repeats.Select(run => run with { Figures = empty })];

        var outcome = Judge($"{Latency} > +10 %", Side(100, 100, 100), new ComparedSide("B", none));

        Assert.That(outcome.Verdict, Is.EqualTo(GateVerdict.NotMeasured));
        Assert.That(outcome.Reason, Does.Contain("in 3 runs of A and 0 runs of B, only when a message arrives"));
        Assert.That(GateJudge.ExitCodeOf([outcome]), Is.EqualTo(ExitCode.Inconclusive));
    }

    [Test]
    public void A_pair_that_lacks_the_figure_leaves_a_gate_open()
    {
        var b = Side(100, 100, 100);
        Repeat[] lacking = [.. b.Repeats.Take(2), b.Repeats[2] with { Figures = new Dictionary<string, double>() }];

        var outcome = Judge($"{Latency} > +10 %", Side(100, 100, 100), new ComparedSide("B", lacking));

        Assert.That(outcome.Verdict, Is.EqualTo(GateVerdict.Inconclusive));
        Assert.That(outcome.Reason, Does.Contain("1 pair lack it"));
    }

    [Test]
    public void A_failed_gate_counts_before_an_open_one()
    {
        var comparison = RepeatComparison.Of(Side(100, 100, 100), Side(120, 120, 120), metrics: null);
        var known = MetricPaths.All;

        var outcomes = GateJudge.Judge(
            [
                GateExpression.Parse("x", "overhead.bytes > +1", known),
                GateExpression.Parse("x", $"{Latency} > +1", known),
            ],
            comparison);

        Assert.That(GateJudge.ExitCodeOf(outcomes), Is.EqualTo(ExitCode.Failed));
        Assert.That(GateJudge.ExitCodeOf([]), Is.EqualTo(ExitCode.Held));
    }

    private static GateOutcome Judge(string text, ComparedSide a, ComparedSide b) => GateJudge.Judge(
        [GateExpression.Parse("--fail-if", text, MetricPaths.All)], RepeatComparison.Of(a, b, metrics: null)).Single();

    private static ComparedSide Side(params double[] values) => new("side",
    [
        .. values.Select((value, index) => new Repeat(
            index, 0, null, new Dictionary<string, double> { [Latency] = value }, null)),
    ]);
}
