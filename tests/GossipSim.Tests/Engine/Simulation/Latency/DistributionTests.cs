using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Each distribution against the one of a library whose name it bears.</summary>
[TestFixture]
internal sealed class DistributionTests
{
    internal static readonly TestCaseData[] All =
    [
        new(new UniformDistribution(10, 50), new ContinuousUniform(10, 50)) { TestName = "{m}: uniform" },
        new(new NormalDistribution(80, 10), new Normal(80, 10)) { TestName = "{m}: normal" },
        new(new LogNormalDistribution(60, 0.5), new LogNormal(Math.Log(60), 0.5)) { TestName = "{m}: log-normal" },
        new(new ExponentialDistribution(70), new Exponential(1.0 / 70)) { TestName = "{m}: exponential" },
        new(new WeibullDistribution(1.5, 70), new Weibull(1.5, 70)) { TestName = "{m}: Weibull" },
        new(new WeibullDistribution(0.6, 300), new Weibull(0.6, 300)) { TestName = "{m}: Weibull with a long tail" },
        new(new ParetoDistribution(3, 20), new Pareto(20, 3)) { TestName = "{m}: Pareto" },
        new(new GammaDistribution(0.4, 90), new Gamma(0.4, 1.0 / 90)) { TestName = "{m}: gamma with a long tail" },
        new(new GammaDistribution(9, 8), new Gamma(9, 1.0 / 8)) { TestName = "{m}: gamma" },
        new(new GammaDistribution(250, 0.2), new Gamma(250, 5)) { TestName = "{m}: gamma, narrow" },
    ];

    [TestCaseSource(nameof(All))]
    public void Quantiles_are_those_of_the_distribution(Distribution ours, IContinuousDistribution known)
    {
        foreach (var unit in new[] { 1e-6, 0.001, 0.02, 0.25, 0.5, 0.75, 0.98, 0.999, 1 - 1e-6 })
        {
            var quantile = ours.Quantile(unit);
            // The library's gamma distribution function is 0 here; StandardGammaTests goes on below.
            if (known is Gamma && quantile < 1e-12) continue;
            // Acklam's approximation is right to 1.2e-9; so far out that moves the share by 25 times as much.
            var share = known.CumulativeDistribution(quantile);
            Assert.That(share, Is.EqualTo(unit).Within((5e-8 * Math.Min(unit, 1 - unit)) + 1e-14), $"at {unit}");
        }
    }

    [TestCaseSource(nameof(All))]
    public void Draws_follow_the_distribution(Distribution ours, IContinuousDistribution known)
    {
        var drawn = Enumerable.Range(0, 20_000).Select(link => ours.Quantile(Mix64.ToUnit(Mix64.Of(5, (ulong)link))));

        Assert.That(KolmogorovSmirnov.Distance(drawn, known), Is.LessThan(KolmogorovSmirnov.Critical(20_000)));
    }

    [TestCaseSource(nameof(All))]
    public void Mean_and_deviation_are_those_of_the_distribution(Distribution ours, IContinuousDistribution known)
    {
        const int Steps = 200_000;
        var (sum, squares) = (0.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            var value = ours.Quantile((step + 0.5) / Steps);
            (sum, squares) = (sum + value, squares + (value * value));
        }

        var mean = sum / Steps;
        Assert.That(mean, Is.EqualTo(known.Mean).Within(0.1).Percent);
        // The midpoints leave out the last of the tail, which counts more in squares.
        Assert.That(Math.Sqrt((squares / Steps) - (mean * mean)), Is.EqualTo(known.StdDev).Within(2).Percent);
    }

    [TestCaseSource(nameof(All))]
    public void Quantiles_never_fall(Distribution ours, IContinuousDistribution known)
    {
        var quantiles = Enumerable.Range(1, 9999).Select(index => ours.Quantile(index / 10_000.0)).ToArray();

        Assert.That(quantiles, Is.Ordered, known.ToString());
    }

    [Test]
    public void Measured_values_come_back_as_they_are_each_as_likely_as_the_others()
    {
        var measured = new EmpiricalDistribution([30, 10, 20, 10]);

        var drawn = Enumerable.Range(0, 4000).Select(index => measured.Quantile((index + 0.5) / 4000)).ToArray();

        Assert.That(drawn.Distinct(), Is.EqualTo(new[] { 10.0, 20, 30 }));
        Assert.That(drawn.Count(value => value == 10), Is.EqualTo(2000));
        Assert.That(() => new EmpiricalDistribution([]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_constant_is_the_same_for_all() =>
        Assert.That(
            new[] { 0.001, 0.5, 0.999 }.Select(new ConstantDistribution(20).Quantile), Is.All.EqualTo(20));

    [Test]
    public void The_standard_normal_quantile_is_right_to_nine_digits()
    {
        // The seams of the approximation lie at 0.02425 and its mirror image.
        double[] units = [1e-12, 1e-6, 0.001, 0.02424, 0.02426, 0.3, 0.5, 0.7, 0.97574, 0.97576, 0.999, 1 - 1e-9];
        foreach (var unit in units)
        {
            var exact = Normal.InvCDF(0, 1, unit);
            Assert.That(StandardNormal.Quantile(unit), Is.EqualTo(exact).Within(1e-8), $"at {unit}");
        }
    }
}
