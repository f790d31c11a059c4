using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Distributions;

public sealed class TwoSampleTestTests
{
    [Test]
    public void Samples_that_do_not_overlap_have_the_two_most_extreme_of_all_orders()
    {
        TwoSampleTest test = TwoSampleTest.KolmogorovSmirnov([1, 2, 3, 4], [5, 6, 7, 8, 9]);

        // Of the 9 choose 4 orders only this one and its mirror image are as extreme.
        Assert.That(test.Distance, Is.EqualTo(1));
        Assert.That(test.PValue, Is.EqualTo(2.0 / 126).Within(1e-14));
        Assert.That(test.IsExact, Is.True);
    }

    [Test]
    public void The_exact_p_is_the_share_of_all_orders_that_lie_as_far_apart()
    {
        double[] pooled = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        foreach (double[] first in new double[][] { [1, 2, 3, 7], [2, 4, 6, 8], [1, 5, 6, 9], [1, 2, 4, 5] })
        {
            TwoSampleTest test = TwoSampleTest.KolmogorovSmirnov(first, [.. pooled.Except(first)]);

            Assert.That(test.PValue, Is.EqualTo(ByCounting(pooled, first.Length, test.Distance)).Within(1e-12));
        }
    }

    [Test]
    public void Ties_are_taken_into_account()
    {
        double[] first = [1, 1, 2, 2, 3], second = [2, 2, 3, 3, 3, 4];

        TwoSampleTest test = TwoSampleTest.KolmogorovSmirnov(first, second);

        Assert.That(test.Distance, Is.EqualTo(14.0 / 30).Within(1e-15));
        Assert.That(
            test.PValue, Is.EqualTo(ByCounting([.. first, .. second], first.Length, test.Distance)).Within(1e-12));
    }

    [Test]
    public void Equal_samples_differ_by_nothing()
    {
        TwoSampleTest test = TwoSampleTest.KolmogorovSmirnov([3, 1, 2], [1, 2, 3]);

        Assert.That((test.Distance, test.PValue), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void The_limit_law_takes_over_where_counting_takes_too_long_and_agrees_with_it()
    {
        double[] few = Spread(1900, 0), fewLater = Spread(2000, 0.03);
        double[] many = Spread(4000, 0), manyLater = Spread(4000, 0.03);

        TwoSampleTest counted = TwoSampleTest.KolmogorovSmirnov(few, fewLater);
        TwoSampleTest limit = TwoSampleTest.KolmogorovSmirnov(many, manyLater);

        Assert.That((counted.IsExact, limit.IsExact), Is.EqualTo((true, false)));
        // 1.36 / sqrt(n m / (n + m)) is the textbook's 5 % point.
        double atFivePercent = 1.358 / Math.Sqrt(1900.0 * 2000 / 3900);
        Assert.That(counted.PValue < 0.05, Is.EqualTo(counted.Distance > atFivePercent));
        Assert.That(limit.PValue, Is.LessThan(counted.PValue), "the same shift in larger samples");
    }

    [Test]
    public void An_empty_sample_is_refused() =>
        Assert.That(() => TwoSampleTest.KolmogorovSmirnov([], [1]), Throws.ArgumentException);

    private static double[] Spread(int count, double shift) =>
        [.. Enumerable.Range(0, count).Select(i => shift + (i + 0.5) / count)];

    /// <summary>Over all ways to choose which of the pooled values are of the first sample.</summary>
    private static double ByCounting(double[] pooled, int size, double distance)
    {
        int all = 0, extreme = 0;
        for (int chosen = 0; chosen < 1 << pooled.Length; chosen++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)chosen) != size) continue;
            double[] first = [.. pooled.Where((_, i) => (chosen >> i & 1) == 1)];
            double[] second = [.. pooled.Where((_, i) => (chosen >> i & 1) == 0)];
            all++;
            if (SampleDistance.Between(first, second).KolmogorovSmirnov >= distance - 1e-12) extreme++;
        }
        return (double)extreme / all;
    }
}
