using FsCheck;
using FsCheck.Fluent;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Distributions;

public sealed class SampleDistanceTests
{
    [Test]
    public void Equal_samples_are_at_distance_zero() =>
        Assert.That(SampleDistance.Between([1, 2, 2, 5], [2, 5, 1, 2]), Is.EqualTo(new SampleDistance(0, 0, 0)));

    [Test]
    public void A_shift_is_the_area_between_the_curves_and_the_shift_of_the_median()
    {
        SampleDistance distance = SampleDistance.Between([1, 2, 3], [11, 12, 13]);

        Assert.That(distance.KolmogorovSmirnov, Is.EqualTo(1));
        Assert.That(distance.Wasserstein, Is.EqualTo(10).Within(1e-12));
        Assert.That(distance.MedianShift, Is.EqualTo(10));
    }

    [Test]
    public void Samples_of_different_size_are_compared_by_shares()
    {
        // F1 steps to 1/2 at 0 and to 1 at 2; F2 to 1/4 at 0, 1/2 at 1, 3/4 at 2 and 1 at 3.
        SampleDistance distance = SampleDistance.Between([0, 2], [0, 1, 2, 3]);

        Assert.That(distance.KolmogorovSmirnov, Is.EqualTo(0.25));
        Assert.That(distance.Wasserstein, Is.EqualTo(0.5).Within(1e-12));
        Assert.That(distance.MedianShift, Is.EqualTo(1));
    }

    [Test]
    public void Distances_are_symmetric_and_agree_with_their_definitions() =>
        Prop.ForAll<NonEmptyArray<byte>, NonEmptyArray<byte>>((first, second) =>
        {
            double[] a = [.. first.Get.Select(value => (double)value)], b = [.. second.Get.Select(v => (double)v)];
            SampleDistance there = SampleDistance.Between(a, b), back = SampleDistance.Between(b, a);
            EmpiricalDistribution f = EmpiricalDistribution.Of(a), g = EmpiricalDistribution.Of(b);
            double[] gaps = [.. Enumerable.Range(0, 256).Select(x => Math.Abs(f.At(x) - g.At(x)))];
            return there.KolmogorovSmirnov == back.KolmogorovSmirnov
                && there.MedianShift == -back.MedianShift
                && Math.Abs(there.KolmogorovSmirnov - gaps.Max()) < 1e-12
                && Math.Abs(there.Wasserstein - gaps.Sum()) < 1e-9;
        }).Check(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL));

    [Test]
    public void An_empty_sample_has_no_distance() =>
        Assert.That(() => SampleDistance.Between([], [1]), Throws.ArgumentException);
}
