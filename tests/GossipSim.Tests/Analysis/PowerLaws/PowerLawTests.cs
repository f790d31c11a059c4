using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class PowerLawTests
{
    private static readonly PowerLawOptions NoBootstrap = new() { Replicates = 0 };

    private static readonly JsonSerializerOptions CamelCase =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [Test]
    public void Constant_data_cannot_be_fitted()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(OpenCase.Values("constant6-n500.txt"), new PowerLawOptions());

        Assert.That(analysis.Verdict, Is.EqualTo(PowerLawVerdict.CannotBeFitted));
        Assert.That(analysis.Reason, Does.Contain("all values are equal"));
        Assert.That(analysis.N, Is.EqualTo(500));
        Assert.That(
            (analysis.Alpha, analysis.Xmin, analysis.Ntail, analysis.Ks, analysis.LogLikelihood, analysis.PValue),
            Is.EqualTo(((double?)null, (long?)null, (int?)null, (double?)null, (double?)null, (double?)null)));
        Assert.That(analysis.Comparisons, Is.Null);
    }

    [TestCase(new[] { 3, 4, 3, 3, 4, 3 }, "two distinct values")]
    [TestCase(new int[0], "no value of at least 1")]
    [TestCase(new[] { 0, -2, 0 }, "no value of at least 1")]
    public void Fewer_than_three_distinct_values_cannot_be_fitted(int[] values, string why)
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(values, NoBootstrap);

        Assert.That(analysis.Verdict, Is.EqualTo(PowerLawVerdict.CannotBeFitted));
        Assert.That(analysis.Reason, Does.Contain(why));
    }

    [Test]
    public void Integers_below_one_are_left_out_and_counted()
    {
        int[] values = OpenCase.Values("ba-m4-n2000.txt");
        PowerLawAnalysis without = PowerLaw.Analyze(values, NoBootstrap);

        PowerLawAnalysis with = PowerLaw.Analyze([.. values, 0, 0, -7], NoBootstrap);

        Assert.That(with.ZerosExcluded, Is.EqualTo(3));
        Assert.That(with.N, Is.EqualTo(2000));
        Assert.That(with.Alpha, Is.EqualTo(without.Alpha));
        Assert.That(with.Ks, Is.EqualTo(without.Ks));
    }

    [Test]
    public void A_small_overlay_is_inconclusive_and_the_reason_says_why()
    {
        int[] values = OpenCase.Values("ba-m4-n2000.txt")[..200];

        PowerLawAnalysis analysis = PowerLaw.Analyze(values, NoBootstrap);

        Assert.That(analysis.Verdict, Is.EqualTo(PowerLawVerdict.Inconclusive));
        Assert.That(analysis.Reason, Does.Contain("200 values are too few").And.Contain("Barabasi-Albert"));
    }

    [TestCase("ba-m2-n8000.txt", PowerLawVerdict.Rejected)]
    [TestCase("ba-m4-n2000.txt", PowerLawVerdict.Supported)]
    [TestCase("geometric-mean12-n5000.txt", PowerLawVerdict.Inconclusive)]
    [TestCase("poisson-8-n5000.txt", PowerLawVerdict.Inconclusive)]
    [TestCase("zeta-a2.3-xmin2-n3000.txt", PowerLawVerdict.Supported)]
    public void The_open_cases_get_the_verdict_of_the_rules(string name, PowerLawVerdict verdict) =>
        Assert.That(PowerLaw.Analyze(OpenCase.Values(name), new PowerLawOptions()).Verdict, Is.EqualTo(verdict));

    [Test]
    public void A_fortieth_of_a_large_overlay_in_the_tail_is_no_reason_to_reject()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(
            OpenCase.Values("ba-m1-n10000.txt"), new PowerLawOptions { Replicates = 200 });

        Assert.That((analysis.Xmin, analysis.Ntail), Is.EqualTo((8L, 268)));
        Assert.That(analysis.PValue, Is.GreaterThan(0.1));
        Assert.That(analysis.Verdict, Is.EqualTo(PowerLawVerdict.Supported), analysis.Reason);
        Assert.That(analysis.Reason, Does.Contain("the largest 2.7 %: degrees from 8 on"));
    }

    [Test]
    public void Only_the_two_largest_distinct_values_are_no_candidates()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze([1, 1, 1, 5, 5, 9], NoBootstrap);

        Assert.That(analysis.Xmin, Is.EqualTo(1));
        Assert.That(analysis.Ntail, Is.EqualTo(6));
    }

    [Test]
    public void Impossible_options_are_refused()
    {
        Assert.That(
            () => PowerLaw.Analyze([1, 2, 3], new PowerLawOptions { Replicates = -1 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => PowerLaw.Analyze([1, 2, 3], new PowerLawOptions { Threads = 0 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_result_serialises_with_the_promised_names()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(OpenCase.Values("ba-m4-n2000.txt"), NoBootstrap);

        JsonElement json = JsonSerializer.SerializeToElement(analysis, CamelCase);

        string[] promised =
        [
            "n", "zerosExcluded", "alpha", "xmin", "ntail", "ks", "logLikelihood", "pValue", "replicates",
            "comparisons", "verdict", "reason", "seconds",
        ];
        string[] rivals = ["exponential", "poisson", "logNormal", "stretchedExponential", "truncatedPowerLaw"];
        JsonElement comparisons = json.GetProperty("comparisons");
        Assert.That(json.EnumerateObject().Select(property => property.Name), Is.SupersetOf(promised));
        Assert.That(comparisons.EnumerateObject().Select(property => property.Name), Is.EquivalentTo(rivals));
        Assert.That(
            comparisons.GetProperty("poisson").EnumerateObject().Select(property => property.Name),
            Is.EquivalentTo(new[] { "logLikelihoodRatio", "normalizedRatio", "pValue", "degenerate" }));
        Assert.That(json.GetProperty("verdict").GetString(), Is.EqualTo("supported"));
    }

    // Narrow bands far out, tails without a mean, few values with gaps of powers of ten.
    [TestCase(new long[] { 36061, 36062, 36063, 36064, 36065, 36066, 36067 })]
    [TestCase(new long[] { 1, 1, 2, 40, 900_000, 7_000_000_000, 1L << 50 })]
    [TestCase(new long[] { 1, 2, 3 })]
    [TestCase(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3 })]
    public void Extreme_lists_are_analysed_in_finite_numbers(long[] values)
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(values, new PowerLawOptions { Replicates = 50 });

        RivalComparisons rivals = analysis.Comparisons!;
        double[] ratios =
        [
            rivals.Exponential.LogLikelihoodRatio, rivals.Poisson.LogLikelihoodRatio,
            rivals.LogNormal.LogLikelihoodRatio, rivals.StretchedExponential.LogLikelihoodRatio,
            rivals.TruncatedPowerLaw.LogLikelihoodRatio,
        ];
        Assert.That(ratios, Is.All.Matches<double>(double.IsFinite));
        Assert.That(rivals.TruncatedPowerLaw.LogLikelihoodRatio, Is.LessThan(1e-4), "a larger family fits no worse");
        Assert.That(analysis.Ks, Is.InRange(0, 1).And.Positive);
        Assert.That(analysis.PValue, Is.InRange(0, 1));
        Assert.That(analysis.Verdict, Is.EqualTo(PowerLawVerdict.Inconclusive));
    }

    [Test]
    public void Any_list_is_analysed_and_no_nested_rival_fits_worse() =>
        Prop.ForAll<NonEmptyArray<PositiveInt>, byte>((numbers, shape) =>
        {
            double power = 1 + shape % 4, offset = Math.Pow(10, shape % 7) - 1;
            long[] values = [.. numbers.Get.Select(number => (long)(offset + Math.Pow(number.Get, power)))];
            PowerLawAnalysis analysis = PowerLaw.Analyze(values, new PowerLawOptions { Replicates = 5 });
            return values.Distinct().Count() < 3
                ? analysis.Verdict == PowerLawVerdict.CannotBeFitted
                : analysis is { Ks: > 0 and < 1, Alpha: > 1, PValue: >= 0 and <= 1 }
                    && analysis.Comparisons!.TruncatedPowerLaw.LogLikelihoodRatio < 1e-4
                    && double.IsFinite(analysis.Comparisons.Poisson.LogLikelihoodRatio)
                    && double.IsFinite(analysis.Comparisons.LogNormal.LogLikelihoodRatio)
                    && double.IsFinite(analysis.Comparisons.StretchedExponential.LogLikelihoodRatio);
        }).Check(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(30));
}
