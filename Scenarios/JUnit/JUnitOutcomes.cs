using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Stages;

namespace GossipSim.Scenarios.JUnit;

/// <summary>What the commands judge, as the cases of a CI server.</summary>
internal static class JUnitOutcomes
{
    private const string End = "the run comes to its end";

    /// <summary>A case for the run itself, each expectation, each promise and, if they count, each warning.</summary>
    public static JUnitSuite Of(RunResult result)
    {
        var summary = result.Summary;
        var wall = summary.Performance.WallSeconds;
        List<JUnitCase> cases = [EndOf(result) with { Seconds = wall }];
        if (summary.Determinism is { } determinism)
        {
            const string Name = "two simulations in lockstep are equal";
            cases.Add(determinism.Equal ? new JUnitCase(Name) : JUnitCase.Failed(Name, "two runs of the same differ"));
        }

        cases.AddRange(result.Expectations.Select(expectation => expectation.Met
            ? new JUnitCase(expectation.Text)
            : JUnitCase.Failed(expectation.Text, $"it is {expectation.Actual}")));
        cases.AddRange(result.Ending.Invariants.GroupBy(outcome => outcome.Name)
            .Select(same => Of(same.Key, [.. same], summary.Invariants.Waived.GetValueOrDefault(same.Key))));
        if (result.Ending.IsStrict)
            cases.AddRange(Warnings("", summary.Warnings.Select(each => (each.Kind, each.Subject, each.Message))));
        return new JUnitSuite(summary.Scenario, cases, wall);
    }

    /// <summary>A case for each run, and for each warning if they count.</summary>
    public static JUnitSuite Of(RepeatSummary summary, IReadOnlyList<Repeat> repeats, bool isStrict) => new(
        summary.Scenario,
        [
            .. repeats.Select(Of),
            .. isStrict ? Warnings("", summary.Warnings.Select(InWords)) : [],
        ],
        summary.WallSeconds);

    /// <summary>A case for each gate and, if they count, for each warning of either side.</summary>
    public static JUnitSuite Of(
        Comparison comparison, IReadOnlyList<GateOutcome> gates, bool isStrict, double seconds) => new(
        $"{comparison.A.Name} and {comparison.B.Name}",
        [
            new JUnitCase("the comparison comes to its end", Seconds: seconds),
            .. gates.Select(Of),
            .. isStrict ? Warnings("A: ", comparison.A.Warnings.Select(InWords)) : [],
            .. isStrict ? Warnings("B: ", comparison.B.Warnings.Select(InWords)) : [],
        ],
        seconds);

    /// <summary>A suite for each stage, a case for each of its checks.</summary>
    public static IReadOnlyList<JUnitSuite> Of(SuiteOutcome outcome) =>
    [
        .. outcome.Stages.Select(stage => new JUnitSuite(
            $"stage {stage.Number}: {stage.Name}",
            [
                .. stage.Checks.Select(check => new JUnitCase(
                    check.Check, check.Passed ? JUnitOutcome.Passed : JUnitOutcome.Failed,
                    check.Passed ? null : $"expected: {check.Expected}; seen: {check.Seen}", check.Seconds)),
            ],
            stage.Checks.Sum(check => check.Seconds))),
    ];

    private static JUnitCase EndOf(RunResult result)
    {
        if ((ExitCode)result.Summary.ExitCode is ExitCode.Held or ExitCode.Failed) return new JUnitCase(End);
        var verdict = RunVerdict.Of(result);
        return JUnitCase.Error(End, $"{verdict.Headline}: {verdict.Detail}");
    }

    private static JUnitCase Of(string promise, IReadOnlyList<InvariantOutcome> outcomes, long breaches) =>
        outcomes.FirstOrDefault(outcome => outcome.Violated) is { } violated
            ? JUnitCase.Failed(promise, violated.InWords())
            : breaches > 0 ? JUnitCase.Skipped(promise, $"waived, and breached {Numbers.Count(breaches)} times")
            : outcomes.Any(outcome => outcome.Judged) ? new JUnitCase(promise)
            : JUnitCase.Skipped(promise, "not judged: there was no quiet spell long enough");

    private static JUnitCase Of(Repeat repeat)
    {
        var name = $"random seed {repeat.RandomSeed}";
        if (repeat.Trouble is not { } trouble) return new JUnitCase(name);
        return repeat.IsComplete ? JUnitCase.Failed(name, trouble) : JUnitCase.Error(name, trouble);
    }

    private static JUnitCase Of(GateOutcome gate) => gate.Verdict switch
    {
        GateVerdict.Passed => new JUnitCase(gate.Gate),
        GateVerdict.Failed => JUnitCase.Failed(gate.Gate, gate.Reason),
        _ => JUnitCase.Error(gate.Gate, $"{gate.VerdictInWords}: {gate.Reason}"),
    };

    private static (string Kind, string Subject, string Message) InWords(RepeatedWarning warning) =>
        (warning.Kind, warning.Subject, $"in {Numbers.Plural(warning.Runs, "run")}: {warning.Message}");

    private static List<JUnitCase> Warnings(
        string side, IEnumerable<(string Kind, string Subject, string Message)> warnings)
    {
        List<JUnitCase> cases =
        [
            .. warnings.Select(each => JUnitCase.Failed($"{side}no warning {each.Kind} {each.Subject}", each.Message)),
        ];
        return cases.Count > 0 ? cases : [new JUnitCase($"{side}no warnings")];
    }
}
