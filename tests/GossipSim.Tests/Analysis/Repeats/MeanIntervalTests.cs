using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Repeats;

[TestFixture]
internal sealed class MeanIntervalTests
{
    [Test]
    public void The_interval_is_that_of_Students_t()
    {
        // 2.776445 is the 97.5 % quantile of t with 4 degrees of freedom (any table of it).
        var interval = MeanInterval.Of([3, 5, 4, 6, 7]);

        var wanted = 2.776445 * Math.Sqrt(2.5 / 5);
        Assert.Multiple(() =>
        {
            Assert.That(interval.Mean, Is.EqualTo(5).Within(1e-12));
            Assert.That(interval.StandardDeviation, Is.EqualTo(Math.Sqrt(2.5)).Within(1e-12));
            Assert.That(interval.Low, Is.EqualTo(5 - wanted).Within(1e-5));
            Assert.That(interval.High, Is.EqualTo(5 + wanted).Within(1e-5));
            Assert.That((interval.Minimum, interval.Maximum), Is.EqualTo((3, 7)));
        });
    }

    [Test]
    public void A_single_repeat_says_nothing_of_the_others()
    {
        var interval = MeanInterval.Of([3]);

        Assert.That((interval.Mean, interval.HalfWidth, interval.Low), Is.EqualTo((3.0, (double?)null, (double?)null)));
    }

    [Test]
    public void Equal_repeats_have_no_spread_at_all()
    {
        // Sums of tenths are not exact.
        var interval = MeanInterval.Of([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);

        Assert.That((interval.Mean, interval.StandardDeviation, interval.HalfWidth), Is.EqualTo((0.1, 0.0, 0.0)));
    }

    [Test]
    public void What_is_no_figure_is_refused()
    {
        Assert.That(() => MeanInterval.Of([]), Throws.ArgumentException);
        Assert.That(() => MeanInterval.Of([1, double.NaN]), Throws.ArgumentException);
        Assert.That(() => MeanInterval.Of([1, double.PositiveInfinity]), Throws.ArgumentException);
    }

    [TestCase(5)]
    [TestCase(20)]
    public void Of_1000_synthetic_experiments_93_to_97_in_100_hold_the_truth(int repeats)
    {
        var chances = new SyntheticRepeats(randomSeed: 7);

        var holding = Enumerable.Range(0, 1000).Count(_ =>
            Holds(MeanInterval.Of(chances.Normal(repeats, mean: 100, deviation: 15)), truth: 100));

        Assert.That(holding, Is.InRange(930, 970));
    }

    /// <summary>Like latencies over runs: a deviation of a third of the mean, with a long tail.</summary>
    [Test]
    public void Somewhat_skewed_repeats_do_no_harm()
    {
        var chances = new SyntheticRepeats(randomSeed: 11);

        var holding = Enumerable.Range(0, 1000).Count(_ =>
            Holds(MeanInterval.Of(chances.LogNormal(20, sigma: 0.3)), truth: Math.Exp(0.3 * 0.3 / 2)));

        Assert.That(holding, Is.InRange(930, 970));
    }

    private static bool Holds(MeanInterval interval, double truth) => interval.Low <= truth && truth <= interval.High;
}
