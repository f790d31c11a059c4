using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class FitUncertaintyTests
{
    [Test]
    public void A_resample_has_the_size_of_the_data_and_each_count_the_mean_and_variance_of_a_multinomial()
    {
        ValueHistogram data = ValueHistogram.Of([1, 1, 1, 1, 1, 1, 2, 2, 2, 9], out _);
        const int resamples = 20_000;
        var sums = new Dictionary<double, (double Sum, double Squares)>();

        for (int i = 0; i < resamples; i++)
        {
            var random = new CounterRandom(3, (ulong)i);
            ValueHistogram sample = FitUncertainty.Draw(data, ref random);
            Assert.That(sample.Total, Is.EqualTo(10));
            Assert.That(sample.Values, Is.SubsetOf(data.Values));
            for (int v = 0; v < sample.Distinct; v++)
            {
                (double sum, double squares) = sums.GetValueOrDefault(sample.Values[v]);
                double count = sample.Counts[v];
                sums[sample.Values[v]] = (sum + count, squares + (count * count));
            }
        }

        foreach ((double value, double share) in new[] { (1.0, 0.6), (2.0, 0.3), (9.0, 0.1) })
        {
            double mean = sums[value].Sum / resamples, variance = (sums[value].Squares / resamples) - (mean * mean);
            Assert.That(mean, Is.EqualTo(10 * share).Within(0.06));
            Assert.That(variance, Is.EqualTo(10 * share * (1 - share)).Within(0.1));
        }
    }

    [Test]
    public void Where_xmin_hardly_moves_alpha_scatters_as_its_asymptotic_error_says_and_more_where_it_does()
    {
        PowerLawAnalysis still = Analyze("zeta-a2.3-xmin2-n3000.txt"), moving = Analyze("geometric-mean12-n5000.txt");

        double asymptotic = still.AlphaStandardError!.Value;
        Assert.That(still.Uncertainty!.Alpha, Is.InRange(0.8 * asymptotic, 3 * asymptotic));
        Assert.That(moving.Uncertainty!.Xmin, Is.GreaterThan(3));
        Assert.That(moving.Uncertainty.Alpha, Is.GreaterThan(1.5 * moving.AlphaStandardError!.Value));
        Assert.That(moving.Uncertainty.Ntail, Is.GreaterThan(50));
    }

    [Test]
    public void Without_replicates_nothing_is_drawn()
    {
        PowerLawAnalysis analysis = PowerLaw.Analyze(
            OpenCase.Values("ba-m4-n2000.txt"), new PowerLawOptions { Replicates = 0 });

        Assert.That((analysis.Uncertainty, analysis.Power, analysis.PValueStandardError), Is.EqualTo(
            ((FitUncertainty?)null, (TestPowers?)null, (double?)null)));
    }

    private static PowerLawAnalysis Analyze(string name) =>
        PowerLaw.Analyze(OpenCase.Values(name), new PowerLawOptions { Replicates = 200, PowerDataSets = 0 });
}
