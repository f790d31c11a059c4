using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Repeats;

[TestFixture]
internal sealed class MeanDifferenceTests
{
    [Test]
    public void Pairs_show_a_difference_that_their_spread_would_hide()
    {
        double[] a = [10, 20, 30, 40, 50];
        double[] b = [11, 21.2, 30.9, 41.1, 50.8];

        Assert.That(MeanDifference.Paired(a, b).Verdict, Is.EqualTo(DifferenceVerdict.BIsLarger));
        Assert.That(MeanDifference.Paired(b, a).Verdict, Is.EqualTo(DifferenceVerdict.BIsSmaller));
        Assert.That(MeanDifference.Unpaired(a, b).Verdict, Is.EqualTo(DifferenceVerdict.NoDifferenceShown));
    }

    [Test]
    public void Without_pairs_the_interval_is_that_of_Welchs_t()
    {
        // By hand: variances 2.5 and 10, so a standard error of sqrt(2.5) and 5.882 degrees of freedom, whose 97.5 %
        // quantile of t is 2.4587.
        var difference = MeanDifference.Unpaired([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]);

        Assert.That(difference.Difference, Is.EqualTo(3).Within(1e-12));
        Assert.That(difference.HalfWidth, Is.EqualTo(2.4587 * Math.Sqrt(2.5)).Within(1e-3));
        Assert.That(difference.Verdict, Is.EqualTo(DifferenceVerdict.NoDifferenceShown));
    }

    [Test]
    public void Same_repeats_are_identical_and_a_constant_offset_is_shown()
    {
        double[] a = [1, 5, 2];

        Assert.That(MeanDifference.Paired(a, a).Verdict, Is.EqualTo(DifferenceVerdict.Identical));
        Assert.That(MeanDifference.Unpaired([4, 4], [4, 4, 4]).Verdict, Is.EqualTo(DifferenceVerdict.Identical));
        Assert.That(MeanDifference.Paired([1, 5, 2], [2, 6, 3]).Verdict, Is.EqualTo(DifferenceVerdict.BIsLarger));
        Assert.That(MeanDifference.Unpaired([4, 4], [3, 3]).Verdict, Is.EqualTo(DifferenceVerdict.BIsSmaller));
    }

    [Test]
    public void One_repeat_shows_nothing()
    {
        Assert.That(MeanDifference.Paired([1], [9]).Verdict, Is.EqualTo(DifferenceVerdict.NoDifferenceShown));
        Assert.That(MeanDifference.Unpaired([1], [9, 9]).HalfWidth, Is.Null);
    }

    [Test]
    public void Counts_that_make_no_pairs_are_refused() =>
        Assert.That(() => MeanDifference.Paired([1, 2], [1]), Throws.ArgumentException);

    [TestCase(true)]
    [TestCase(false)]
    public void The_same_against_the_same_shows_a_difference_in_at_most_5_of_100(bool isPaired)
    {
        var chances = new SyntheticRepeats(randomSeed: 3);

        var shown = 0;
        for (var experiment = 0; experiment < 1000; experiment++)
        {
            var (a, b) = (chances.LogNormal(10, sigma: 0.5), chances.LogNormal(10, sigma: 0.5));
            var difference = isPaired ? MeanDifference.Paired(a, b) : MeanDifference.Unpaired(a, b);
            if (difference.Verdict != DifferenceVerdict.NoDifferenceShown) shown++;
        }

        // Neither so many that it cries wolf nor so few that the intervals are useless.
        Assert.That(shown, Is.InRange(20, 50));
    }
}
