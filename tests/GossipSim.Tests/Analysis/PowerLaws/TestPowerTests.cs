using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class TestPowerTests
{
    private static readonly PowerLawOptions Options = new() { Replicates = 300, PowerDataSets = 300, RandomSeed = 8 };

    [Test]
    public void Against_the_fitted_power_law_itself_the_test_has_its_size_of_a_tenth()
    {
        ValueHistogram data = Data("zeta-a2.3-xmin2-n3000.txt");
        PowerLawFit fit = PowerLawFit.Best(data, new ZetaTail())!.Value;
        var law = new ZetaTail();
        law.Prepare(fit.Alpha, data.Values[fit.XminIndex], 1e9);
        var itself = new RivalLaw([], Degenerate: false, x => law.AtLeast(x, Math.Log(x)));

        TestPower power = TestPower.Against(
            new FittedRival(PowerRival.Exponential, itself, 1, ExponentialRival.Fit), data, fit, Options,
            Purpose.PowerAgainstExponential);

        // Three standard errors of a tenth of 300, and the reference is as uncertain.
        Assert.That(power.RejectedShare, Is.EqualTo(0.1).Within(0.07));
        Assert.That(power.NoticedShare, Is.EqualTo(power.RejectedShare).Within(0.05));
        Assert.That(power.DataSets, Is.EqualTo(300));
    }

    [Test]
    public void An_exponential_tail_is_hardly_ever_called_a_power_law_though_p_alone_would_often_miss_it()
    {
        TestPower power = PowerLaw.Analyze(OpenCase.Values("zeta-a2.3-xmin2-n3000.txt"), Options)
            .Power!.AgainstExponential;

        Assert.That(power.NoticedShare, Is.GreaterThan(0.9));
        Assert.That(power.RejectedShare, Is.LessThan(0.7).And.GreaterThan(0));
    }

    [Test]
    public void The_best_rival_is_the_one_that_explains_the_tail_best_and_is_no_power_law_itself()
    {
        PowerLawAnalysis geometric = PowerLaw.Analyze(OpenCase.Values("geometric-mean12-n5000.txt"), Options);

        Assert.That(geometric.Power!.AgainstBestRival.Rival, Is.EqualTo(PowerRival.Exponential));
        Assert.That(geometric.Power.AgainstBestRival, Is.SameAs(geometric.Power.AgainstExponential));

        PowerLawAnalysis grown = PowerLaw.Analyze(OpenCase.Values("ba-m4-n2000.txt"), Options);

        Assert.That(grown.Power!.AgainstBestRival.Rival, Is.Not.EqualTo(PowerRival.Exponential));
        Assert.That(grown.Reason, Does.Contain("these tests would notice it in"));
    }

    [TestCase("geometric-mean12-n5000.txt")]
    [TestCase("ba-m2-n8000.txt")]
    [TestCase("poisson-8-n5000.txt")]
    public void What_data_sets_are_drawn_from_is_the_law_that_was_fitted(string name)
    {
        ValueHistogram data = Data(name);
        PowerLawFit fit = PowerLawFit.Best(data, new ZetaTail())!.Value;
        var tail = new PowerLawTail(data, fit);

        RivalLaw[] laws = [ExponentialRival.Fit(tail), LogNormalRival.Fit(tail), StretchedExponentialRival.Fit(tail)];
        foreach (RivalLaw law in laws)
        {
            Assert.That(law.AtLeast!(tail.Xmin), Is.EqualTo(1).Within(1e-12));
            for (int i = 0; i < tail.Values.Length; i++)
            {
                double x = tail.Values[i], mass = law.AtLeast(x) - law.AtLeast(x + 1);
                double expected = Math.Exp(law.LogProbabilities[i]);
                Assert.That(mass, Is.EqualTo(expected).Within(1e-11 + (1e-9 * expected)), $"at {x}");
            }
        }
    }

    private static ValueHistogram Data(string name) =>
        ValueHistogram.Of([.. OpenCase.Values(name).Select(value => (long)value)], out _);
}
