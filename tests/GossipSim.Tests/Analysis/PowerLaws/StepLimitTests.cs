using FsCheck;
using FsCheck.Fluent;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

/// <summary>
/// Whatever the data, each search takes a number of steps that its limits and the distinct values explain. Steps are
/// terms, quadrature nodes and distances that are evaluated; time plays no part.
/// </summary>
public sealed class StepLimitTests
{
    private static readonly Config Replayed = Config.QuickThrowOnFailure.WithReplay(28UL, 1UL).WithMaxTest(150);

    private static readonly Gen<long> Offsets =
        Gen.Elements(1L, 2, 3, 10, 1000, 1_000_000, int.MaxValue - 20L, 1L << 40, 1L << 62);

    private static readonly Gen<int> Counts = Gen.Elements(1, 2, 4, 12, 100, 9_984, 1_000_000);

    /// <summary>Three or four neighboring values, one of which may hold nearly all.</summary>
    private static readonly Gen<(long Value, int Count)[]> NearlyConstant =
        from offset in Offsets
        from counts in Counts.ListOf(4)
        select counts.Select((count, i) => (offset + i, count)).ToArray();

    /// <summary>Two values hold nearly all, near to each other or far apart; a third one is there once.</summary>
    private static readonly Gen<(long Value, int Count)[]> TwoValued =
        from offset in Offsets
        from gap in Gen.Elements(1L, 2, 100, 1_000_000, 1L << 31)
        from counts in Counts.ListOf(2)
        from extra in Gen.Elements(1L, 7, 1L << 31)
        select new[] { (offset, counts[0]), (offset + gap, counts[1]), (offset + gap + extra, 1) };

    private static readonly Gen<(long Value, int Count)[]> Huge =
        from values in Gen.Choose(1, int.MaxValue).NonEmptyListOf()
        from scale in Gen.Elements(1L, 1_000, 1L << 31)
        select values.Select(value => (value * scale, 1)).ToArray();

    /// <summary>Each value is much rarer than the one before.</summary>
    private static readonly Gen<(long Value, int Count)[]> Steep =
        from offset in Offsets
        from fall in Gen.Elements(3.0, 10, 1000)
        from step in Gen.Elements(1L, 2, 1_000)
        select Enumerable.Range(0, 6)
            .Select(i => (offset + (i * step), (int)Math.Max(1, 1_000_000 / Math.Pow(fall, i)))).ToArray();

    private static readonly Arbitrary<ValueHistogram> Lists = Gen.OneOf(NearlyConstant, TwoValued, Huge, Steep)
        .Select(Histogram)
        .Where(histogram => histogram.Distinct >= 3)
        .ToArbitrary();

    [Test]
    public void The_search_for_xmin_and_alpha_takes_steps_in_proportion_to_the_distinct_values() =>
        Prop.ForAll(Lists, histogram =>
        {
            PowerLawFit.Best(histogram, new ZetaTail(), out long steps);
            return (steps <= 3_000L * histogram.Distinct).Label($"{steps} steps for {Words(histogram)}");
        }).Check(Replayed);

    [Test]
    public void Every_alternative_is_fitted_within_its_steps_or_says_that_it_is_not() =>
        Prop.ForAll(Lists, histogram =>
        {
            if (PowerLawFit.Best(histogram, new ZetaTail()) is not { } fit) return true.ToProperty();
            var laws = new RivalLaws(new PowerLawTail(histogram, fit));
            RivalLaw[] all =
            [
                laws.Exponential, laws.Poisson, laws.LogNormal, laws.StretchedExponential, laws.TruncatedPowerLaw,
            ];
            long most = all.Max(law => law.Steps), limit = 3_000_000 + (60_000L * histogram.Distinct);
            bool areSound = all.All(law => law.Converged || (law.Degenerate && law.AtLeast is null));
            bool areFinite = Ratios(laws.Compare()).All(double.IsFinite);
            return (most <= limit && areSound && areFinite).Label(
                $"{most} steps, converged {string.Join(' ', all.Select(law => law.Converged))},"
                + $" finite {areFinite}, for {Words(histogram)}");
        }).Check(Replayed);

    [Test]
    public void Replicates_of_any_fit_hold_as_many_values_as_the_data() =>
        Prop.ForAll(Lists, histogram =>
        {
            if (PowerLawFit.Best(histogram, new ZetaTail()) is not { } fit) return true;
            var random = new CounterRandom(5, 5);
            var laws = new RivalLaws(new PowerLawTail(histogram, fit));
            ReplicateSampler[] samplers =
            [
                ReplicateSampler.Of(histogram, fit),
                .. new[] { laws.Exponential, laws.LogNormal, laws.StretchedExponential }
                    .Where(law => !law.Degenerate)
                    .Select(law => new ReplicateSampler(histogram, fit.XminIndex, law.AtLeast!)),
            ];
            return samplers.All(sampler => sampler.Draw(ref random).Total == histogram.Total);
        }).Check(Replayed.WithMaxTest(60));

    [Test]
    public void A_sum_with_a_cutoff_ends_at_its_limit_whatever_the_parameters()
    {
        Arbitrary<(double, double, double)> parameters = (
            from alpha in Gen.Elements(-1e18, -1e9, -9000, -1, -1e-9, 0, 1e-9, 1, 2.5, 40, 1e4, 1e9, 1e18)
            from cutoff in Gen.Elements(1e-300, 1e-30, 1e-9, 1e-3, 0.049, 0.051, 1, 1800, 1e9, 1e20)
            from q in Gen.Elements(1.0, 3, 30, 1e6, int.MaxValue, 1e15, 4e18)
            select (alpha, cutoff, q)).ToArbitrary();
        const int Limit = TruncatedPowerLawRival.MostTerms + 12 + (TruncatedPowerLawRival.MostPanels * 20);

        Prop.ForAll(parameters, each =>
            TruncatedPowerLawRival.SumFrom(each.Item1, each.Item2, each.Item3).Steps is > 0 and <= Limit)
            .Check(Replayed.WithMaxTest(600));
    }

    // A narrow peak, a wide one, one so wide that neighboring terms hardly differ, one cut in half, and no peak.
    [TestCase(-9000, 1800, 3)]
    [TestCase(-400, 2, 1)]
    [TestCase(-250_000, 0.5, 400_000)]
    [TestCase(-250_000, 0.5, 500_100)]
    [TestCase(-1_000_000, 0.2, 1)]
    [TestCase(0.01, 0.01, 1)]
    [TestCase(-0.5, 0.001, 1)]
    public void A_sum_with_a_cutoff_is_the_sum_of_its_terms(double alpha, double cutoff, double q)
    {
        double peak = Math.Max(q, -alpha / cutoff), width = Math.Sqrt(Math.Abs(alpha) + 1) / cutoff;
        double Log(double x) => (-alpha * Math.Log(x / peak)) - (cutoff * (x - peak));
        double sum = 0;
        for (double x = Math.Max(q, Math.Floor(peak - (15 * width))); x < peak + (20 * width) + (60 / cutoff); x++)
            sum += Math.Exp(Log(x));

        double expected = Math.Log(sum) - Log(q);

        (double log, int steps) = TruncatedPowerLawRival.SumFrom(alpha, cutoff, q);

        Assert.That(log, Is.EqualTo(expected).Within(1e-9 * Math.Max(1, Math.Abs(expected))));
        Assert.That(steps, Is.LessThan(8_000));
    }

    [TestCase(new long[] { 3, 4, 5 }, new[] { 4, 12, 9_984 })]
    [TestCase(new long[] { 3, 4, 5 }, new[] { 9_984, 12, 4 })]
    [TestCase(new long[] { 1, 2, int.MaxValue }, new[] { 5_000, 5_000, 1 })]
    [TestCase(new long[] { int.MaxValue - 2L, int.MaxValue - 1L, int.MaxValue }, new[] { 1, 1, 9_998 })]
    [TestCase(new long[] { (1L << 62) - 512, 1L << 62, (1L << 62) + 1024 }, new[] { 10, 1_000, 10 })]
    public void Such_lists_get_a_verdict(long[] values, int[] counts)
    {
        long[] list = [.. values.Zip(counts).SelectMany(pair => Enumerable.Repeat(pair.First, pair.Second))];

        PowerLawAnalysis analysis = PowerLaw.Analyze(list, new PowerLawOptions { Replicates = 20 });

        Assert.That(analysis.N, Is.EqualTo(list.Length));
        Assert.That(analysis.Verdict, Is.Not.EqualTo(PowerLawVerdict.Supported));
        Assert.That(analysis.Reason, Is.Not.Empty);
        if (analysis.Comparisons is { } compared)
            Assert.That(Ratios(compared), Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void A_climb_without_a_top_is_reported_as_not_settled()
    {
        int points = 0;

        // Rises for ever along the first parameter.
        var found = RivalOptimum.Maximize(
            (first, second) =>
            {
                points++;
                return new Curvature(-Math.Exp(-first) - second, Math.Exp(-first), -1, -Math.Exp(-first), 0, -1e-9);
            },
            [(-50, 1)]);

        Assert.That(points, Is.LessThanOrEqualTo(RivalOptimum.MostSteps + 1));
        Assert.That(found is null || found.Value.First > 15, "either not settled, or where nothing more is to be "
            + "gained");
    }

    private static double[] Ratios(RivalComparisons compared) =>
    [
        compared.Exponential.LogLikelihoodRatio, compared.Poisson.LogLikelihoodRatio,
        compared.LogNormal.LogLikelihoodRatio, compared.StretchedExponential.LogLikelihoodRatio,
        compared.TruncatedPowerLaw.LogLikelihoodRatio,
    ];

    private static ValueHistogram Histogram((long Value, int Count)[] pairs)
    {
        var merged = pairs.GroupBy(pair => (double)pair.Value).OrderBy(group => group.Key).ToList();
        return ValueHistogram.OfDistinct(
            [.. merged.Select(group => group.Key)], [.. merged.Select(group => group.Sum(pair => pair.Count))]);
    }

    private static string Words(ValueHistogram histogram) =>
        string.Join(' ', histogram.Values.Zip(histogram.Counts).Take(12).Select(pair => $"{pair.Second}x{pair.First}"));
}
