using System.Text.Json;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class GoodnessOfFitTests
{
    [TestCaseSource(typeof(OpenCase), nameof(OpenCase.Fitted))]
    public void The_p_value_agrees_within_the_noise_of_both_bootstraps(string name)
    {
        JsonElement expected = OpenCase.Expected(name);
        double p = expected.Number("pValue");
        var options = new PowerLawOptions { Replicates = 1500, RandomSeed = 11, Threads = 2 };

        PowerLawAnalysis analysis = PowerLaw.Analyze(OpenCase.Values(name), options);

        double variance = p * (1 - p) * (1.0 / options.Replicates + 1 / expected.Number("pReplicates"));
        Assert.That(analysis.PValue, Is.EqualTo(p).Within(4 * Math.Sqrt(variance)));
    }

    [TestCase("ba-m4-n2000.txt")]
    [TestCase("geometric-mean12-n5000.txt")]
    public void The_whole_analysis_is_the_same_for_any_number_of_threads(string name)
    {
        int[] values = OpenCase.Values(name);

        PowerLawAnalysis[] answers = [.. new[] { 1, 2, 3, 8 }.Select(threads => PowerLaw.Analyze(
            values, new PowerLawOptions { Replicates = 121, RandomSeed = 5, Threads = threads }) with { Seconds = 0 })];

        Assert.That(answers[0].Uncertainty, Is.Not.Null);
        Assert.That(answers[0].Power, Is.Not.Null);
        Assert.That(answers, Is.All.EqualTo(answers[0]));
    }

    [Test]
    public void The_p_value_has_the_standard_error_of_a_counted_share()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(
            OpenCase.Values("poisson-8-n5000.txt"), new PowerLawOptions { Replicates = 400, RandomSeed = 3 });

        double p = analysis.PValue!.Value;
        Assert.That(p, Is.InRange(0.05, 0.95));
        Assert.That(analysis.PValueStandardError, Is.EqualTo(Math.Sqrt(p * (1 - p) / 400)).Within(1e-15));
    }

    [Test]
    public void Another_random_seed_draws_other_replicates()
    {
        int[] values = OpenCase.Values("ba-m4-n2000.txt");

        double?[] answers = [.. Enumerable.Range(1, 6).Select(randomSeed => PowerLaw.Analyze(
            values, new PowerLawOptions { Replicates = 300, RandomSeed = (ulong)randomSeed }).PValue)];

        Assert.That(answers.Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void A_replicate_has_the_size_of_the_data_and_its_body_only_values_of_the_body()
    {
        ValueHistogram data = Data("geometric-mean12-n5000.txt");
        PowerLawFit fit = PowerLawFit.Best(data, new ZetaTail())!.Value;
        var sampler = ReplicateSampler.Of(data, fit);
        var random = new CounterRandom(1, 1);
        double xmin = data.Values[fit.XminIndex];

        ValueHistogram replicate = sampler.Draw(ref random);

        Assert.That(replicate.Total, Is.EqualTo(data.Total));
        Assert.That(replicate.Values, Is.Ordered.Ascending.And.Unique);
        Assert.That(replicate.Values.Where(value => value < xmin), Is.SubsetOf(data.Values));
    }

    [Test]
    public void Replicates_follow_the_fitted_law_value_by_value()
    {
        ValueHistogram data = Data("zeta-a2.3-xmin2-n3000.txt");
        PowerLawFit fit = PowerLawFit.Best(data, new ZetaTail())!.Value;
        var sampler = ReplicateSampler.Of(data, fit);
        var random = new CounterRandom(3, 0);
        var law = new ZetaTail();
        law.Prepare(fit.Alpha, data.Values[fit.XminIndex], 1e9);
        double[] borders = [2, 3, 4, 5, 7, 10, 15, 25, 60, 200, 1000, 20_000, double.PositiveInfinity];
        var counts = new double[borders.Length - 1];
        const int replicates = 400;

        for (int i = 0; i < replicates; i++)
        {
            ValueHistogram replicate = sampler.Draw(ref random);
            for (int v = 0; v < replicate.Distinct; v++)
                counts[Array.FindLastIndex(borders, border => border <= replicate.Values[v])] += replicate.Counts[v];
        }

        double chiSquare = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double above = double.IsFinite(borders[i + 1]) ? law.AtLeast(borders[i + 1], Math.Log(borders[i + 1])) : 0;
            double expected = replicates * data.Total * (law.AtLeast(borders[i], Math.Log(borders[i])) - above);
            chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        // The 99.9th percentile of chi-square with 11 degrees of freedom.
        Assert.That(chiSquare, Is.LessThan(31.3));
    }

    private static ValueHistogram Data(string name) =>
        ValueHistogram.Of([.. OpenCase.Values(name).Select(value => (long)value)], out _);
}
