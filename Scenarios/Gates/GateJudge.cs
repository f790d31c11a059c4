using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Gates;

/// <summary>
/// Judges gates by the interval of B less its limit, A and the bound: a relative bound is a multiple of A run by run,
/// so that the chance in A counts too (Fieller 1954). All gates hold together with the level of the comparison
/// (Bonferroni).
/// </summary>
internal static class GateJudge
{
    /// <summary>A tenth of 30 is not quite 3: what is so small beside its parts is rounding.</summary>
    private const double RoundingShare = 1e-12;

    public static IReadOnlyList<GateOutcome> Judge(IReadOnlyList<Gate> gates, Comparison comparison)
    {
        var level = 1 - ((1 - comparison.Level) / Math.Max(1, gates.Count));
        return [.. gates.Select(gate => Judge(gate, comparison.Sample(gate.Metric), level))];
    }

    /// <summary>A gate that could not be judged is no gate that held.</summary>
    public static ExitCode ExitCodeOf(IReadOnlyList<GateOutcome> outcomes) =>
        outcomes.Any(outcome => outcome.Verdict == GateVerdict.Failed) ? ExitCode.Failed
        : outcomes.All(outcome => outcome.Verdict == GateVerdict.Passed) ? ExitCode.Held
        : ExitCode.Inconclusive;

    private static GateOutcome Judge(Gate gate, ComparedSample sample, double level)
    {
        if (!sample.IsMeasured)
        {
            var needed = NotMeasured.ConditionOf(gate.Metric) is { } condition ? $", only when {condition}" : "";
            return new GateOutcome(
                gate.Text, gate.Metric, gate.Unit, GateVerdict.NotMeasured, sample.MeanOfA, sample.MeanOfB,
                Limit: null, Low: null, High: null,
                $"{gate.Metric} was measured in {Numbers.Plural(sample.OfA, "run")} of A and "
                + $"{Numbers.Plural(sample.OfB, "run")} of B{needed}: there is nothing to compare.");
        }

        var above = gate.Side == GateSide.Below ? null : Excess.Of(gate, sample, gate.Bound, +1, level);
        var below = gate.Side == GateSide.Above ? null
            : Excess.Of(gate, sample, gate.Side == GateSide.Outside ? -gate.Bound : gate.Bound, -1, level);
        var worst = new[] { above, below }.OfType<Excess>().MaxBy(excess => excess.Verdict switch
        {
            GateVerdict.Failed => 2,
            GateVerdict.Inconclusive => 1,
            _ => 0,
        })!;
        return Outcome(gate, sample, worst, level);
    }

    private static GateOutcome Outcome(Gate gate, ComparedSample sample, Excess worst, double level)
    {
        var (a, b) = (worst.Difference.MeanA, worst.Difference.MeanB);
        // What some runs lack was not judged in them: no statement about all of them.
        var verdict = worst.Verdict == GateVerdict.Passed && sample.Missing > 0
            ? GateVerdict.Inconclusive
            : worst.Verdict;
        var mean = MeanInterval.Of(sample.A).Mean;
        var change = mean == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {100 * (b - mean) / Math.Abs(mean):+0.0;-0.0;0.0} %");
        return new GateOutcome(
            gate.Text, gate.Metric, gate.Unit, verdict, mean, b, a, worst.Difference.Low, worst.Difference.High,
            $"{gate.Metric}: A {Numbers.Significant(mean)}, B {Numbers.Significant(b)} {gate.Unit}{change}; A "
            + $"{gate.BoundInWords} is {Numbers.Significant(a)}. {Interval(worst, level)}{Lacking(sample)}");
    }

    private static string Interval(Excess worst, double level)
    {
        if (worst.Difference is not { Low: { } low, High: { } high })
            return "A single run of each says nothing of chance: more --runs.";
        var interval = low == high
            ? $"B less that is {Signed(low)}"
            : string.Create(
                CultureInfo.InvariantCulture, $"B less that is {Signed(low)} to {Signed(high)} ({level * 100:0.##} %)");
        return worst.Verdict switch
        {
            GateVerdict.Failed => $"{interval}: beyond the bound.",
            GateVerdict.Passed => $"{interval}: within the bound.",
            _ => $"{interval}: on both sides of the bound; more --runs decide.",
        };
    }

    private static string Lacking(ComparedSample sample) => sample.Missing == 0
        ? ""
        : $" {Numbers.Plural(sample.Missing, sample.IsPaired ? "pair" : "run")} lack it and could not be judged.";

    private static string Signed(double value) => (value > 0 ? "+" : "") + Numbers.Significant(value);

    /// <summary>B less the limit; the limit takes the place of A in the difference.</summary>
    /// <param name="Direction">+1 where more fails, -1 where less does.</param>
    private sealed record Excess(MeanDifference Difference, int Direction, bool IsInclusive)
    {
        public GateVerdict Verdict
        {
            get
            {
                if (Difference is not { Low: { } low, High: { } high }) return GateVerdict.Inconclusive;
                var (near, far) = Direction > 0 ? (low, high) : (-high, -low);
                if (near > 0 || (IsInclusive && near >= 0)) return GateVerdict.Failed;
                return far < 0 || (!IsInclusive && far <= 0) ? GateVerdict.Passed : GateVerdict.Inconclusive;
            }
        }

        public static Excess Of(Gate gate, ComparedSample sample, double bound, int direction, double level)
        {
            var sign = sample.A.Average() < 0 ? -1 : 1;
            double[] limits =
                [.. sample.A.Select(value => gate.IsRelative ? value + (bound * sign * value) : value + bound)];
            if (sample.IsPaired)
            {
                for (var run = 0; run < limits.Length; run++)
                    if (IsRounding(sample.B[run] - limits[run], limits[run])) limits[run] = sample.B[run];
            }

            var difference = sample.IsPaired
                ? MeanDifference.Paired(limits, sample.B, level)
                : MeanDifference.Unpaired(limits, sample.B, level);
            return new Excess(difference, direction, gate.IsInclusive);
        }

        private static bool IsRounding(double excess, double limit) =>
            Math.Abs(excess) <= RoundingShare * Math.Abs(limit);
    }
}
