using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Distributions;

public sealed class PercentileTests
{
    private static readonly double[] Sample = [15, 20, 35, 40, 50];

    [TestCase(5, 15)]
    [TestCase(20, 15)]
    [TestCase(30, 20)]
    [TestCase(40, 20)]
    [TestCase(50, 35)]
    [TestCase(100, 50)]
    public void A_percentile_is_the_smallest_value_that_reaches_the_share(double percent, double expected) =>
        Assert.That(Percentile.NearestRank(Sample, percent), Is.EqualTo(expected));

    [Test]
    public void Rounding_does_not_push_a_rank_one_too_far()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(value => (double)value)];

        Assert.That(Percentile.NearestRank(values, 99.9), Is.EqualTo(999));
        Assert.That(Percentile.NearestRank(values, 99), Is.EqualTo(990));
    }

    [Test]
    public void A_percentile_is_where_the_empirical_distribution_reaches_that_height()
    {
        EmpiricalDistribution distribution = EmpiricalDistribution.Of(Sample);

        double p60 = Percentile.NearestRank(Sample, 60);

        Assert.That(distribution.At(p60), Is.GreaterThanOrEqualTo(0.6));
        Assert.That(distribution.At(p60 - 1e-9), Is.LessThan(0.6));
    }

    [Test]
    public void A_summary_has_the_percentiles_of_an_unsorted_sample_and_none_of_an_empty_one()
    {
        LatencySummary summary = LatencySummary.Of([40, 15, 50, 20, 35]);

        Assert.That(summary, Is.EqualTo(new LatencySummary(5, 32, 35, 50, 50, 50)));
        Assert.That(LatencySummary.Of([]), Is.EqualTo(new LatencySummary(0, null, null, null, null, null)));
    }

    [Test]
    public void An_empty_sample_or_an_impossible_percentage_is_refused()
    {
        Assert.That(() => Percentile.NearestRank([], 50), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Percentile.NearestRank(Sample, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Percentile.NearestRank(Sample, 101), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
