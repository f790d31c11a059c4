using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class ExpectationTests
{
    private static readonly RunResult Run = RunResult.Conclude(MeasuredRun(), RecordedRun.Ending);

    private static RunMeasurements MeasuredRun()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(1).Publish(7000, 1).At(1.25).Deliver(7001, 7000, 7000, 1);
        return run.MeasureAt(30);
    }

    private static ExpectationOutcome Judge(string metric, Comparison op, ExpectedValue value)
    {
        var expectation = new Expectation { Metric = metric, Op = op, Value = value };
        return ExpectationJudge.Judge(Run.Summary, [expectation]).Single();
    }

    [TestCase(">=", ExpectedResult = true)]
    [TestCase("<=", ExpectedResult = true)]
    [TestCase("==", ExpectedResult = true)]
    [TestCase("!=", ExpectedResult = false)]
    [TestCase("<", ExpectedResult = false)]
    [TestCase(">", ExpectedResult = false)]
    public bool Operators_compare_the_figure_with_an_equal_number(string op) =>
        Judge("gossip.latencyMs.max", Parse(op), ExpectedValue.Of(250)).Met;

    [TestCase(">=", ExpectedResult = false)]
    [TestCase("<=", ExpectedResult = true)]
    [TestCase("==", ExpectedResult = false)]
    [TestCase("!=", ExpectedResult = true)]
    [TestCase("<", ExpectedResult = true)]
    [TestCase(">", ExpectedResult = false)]
    public bool Operators_compare_the_figure_with_a_greater_number(string op) =>
        Judge("gossip.latencyMs.max", Parse(op), ExpectedValue.Of(250.5)).Met;

    [Test]
    public void Truths_and_texts_can_be_expected_too()
    {
        Assert.That(Judge("membership.seedsAgree", Comparison.Equal, ExpectedValue.Of(true)).Met, Is.True);
        Assert.That(Judge("membership.seedsAgree", Comparison.Equal, ExpectedValue.Of(false)).Met, Is.False);
        Assert.That(Judge("runtime", Comparison.Equal, ExpectedValue.Of("sim")).Met, Is.True);
        Assert.That(Judge("runtime", Comparison.NotEqual, ExpectedValue.Of("sim")).Met, Is.False);
    }

    [TestCase("gossip.nothing")]
    [TestCase("gossip")]
    [TestCase("gossip.messages.deeper")]
    [TestCase("detection.timeToRemovalMs.max", Description = "null in a run without crashes")]
    public void A_path_without_a_value_meets_nothing(string path)
    {
        var outcome = Judge(path, Comparison.NotEqual, ExpectedValue.Of(7));

        Assert.That(outcome.Met, Is.False);
        Assert.That(outcome.Actual, Is.Not.Empty);
    }

    [Test]
    public void An_unmet_expectation_fails_the_run_and_says_what_it_is()
    {
        var expectations = new[]
        {
            new Expectation { Metric = "gossip.messages", Op = Comparison.Greater, Value = ExpectedValue.Of(1) },
            new Expectation { Metric = "gossip.messages", Op = Comparison.Equal, Value = ExpectedValue.Of(1) },
        };

        var result = RunResult.Conclude(Run.Measurements, RecordedRun.Ending with { Expectations = expectations });

        Assert.That(result.Summary.ExitCode, Is.EqualTo(1));
        Assert.That(result.Summary.Expectations.Met, Is.EqualTo(1));
        Assert.That(result.Summary.Expectations.Failed, Is.EqualTo(new[] { "gossip.messages > 1 (it is 1)" }));
    }

    [Test]
    public void A_violated_invariant_fails_the_run_and_a_cancelled_run_says_so()
    {
        var violated = new InvariantOutcome("noFalseRemoval", true, "7001 ran", 12.5, ["127.0.0.1:7001"]);
        var failed = RunResult.Conclude(Run.Measurements, RecordedRun.Ending with { Invariants = [violated] });
        var cancelled = RunResult.Conclude(Run.Measurements, RecordedRun.Ending with { Cancelled = true });

        Assert.That((failed.Summary.ExitCode, cancelled.Summary.ExitCode), Is.EqualTo((1, 130)));
        Assert.That(failed.Summary.Invariants.Violated, Is.EqualTo(new[] { "noFalseRemoval" }));
        Assert.That(Run.Summary.ExitCode, Is.Zero);
    }

    private static Comparison Parse(string op) => op switch
    {
        "==" => Comparison.Equal,
        "!=" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };
}
