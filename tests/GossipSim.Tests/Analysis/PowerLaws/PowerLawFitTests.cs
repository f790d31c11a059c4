using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class PowerLawFitTests
{
    [TestCase(1.05, 1)]
    [TestCase(2.5, 1)]
    [TestCase(3, 17)]
    [TestCase(12.3, 15)]
    [TestCase(100, 40)]
    public void The_moments_satisfy_the_recurrence_of_the_zeta_function(double alpha, double q)
    {
        ZetaMoments here = ZetaMoments.Of(alpha, q), far = ZetaMoments.Of(alpha, q + 400);

        // zeta(alpha, q) is 400 terms and zeta(alpha, q + 400), for the normalizer and for the mean logarithm alike.
        double scale = Math.Pow((q + 400) / q, -alpha), shift = Math.Log((q + 400) / q);
        double sum = far.Normalizer * scale, logs = sum * (far.MeanLog + shift);
        for (double x = q + 399; x >= q; x--)
        {
            double weight = Math.Pow(x / q, -alpha);
            sum += weight;
            logs += weight * Math.Log(x / q);
        }
        Assert.That(here.Normalizer, Is.EqualTo(sum).Within(1e-13 * sum));
        Assert.That(here.MeanLog, Is.EqualTo(logs / sum).Within(1e-12 * logs / sum));
    }

    [Test]
    public void The_normalizer_at_two_is_pi_squared_over_six() =>
        Assert.That(ZetaMoments.Of(2, 1).Normalizer, Is.EqualTo(Math.PI * Math.PI / 6).Within(1e-15));

    [Test]
    public void A_steep_tail_far_out_is_fitted_and_its_distance_is_not_zero()
    {
        // Plain zeta(100, 1000) is about 1e-299 and its terms underflow.
        long[] values =
            [.. Enumerable.Range(0, 2000).Select(i => (long)(1000 * Math.Pow(1 - (i + 0.5) / 2000, -1.0 / 99)))];
        ValueHistogram histogram = ValueHistogram.Of(values, out _);

        double alpha = PowerLawFit.MaximumLikelihoodAlpha(histogram, 0, 2.5);
        double distance = PowerLawFit.Distance(histogram, 0, alpha, double.PositiveInfinity, new ZetaTail());

        Assert.That(alpha, Is.EqualTo(100).Within(8));
        Assert.That(distance, Is.EqualTo(BruteForceDistance(values, 1000, alpha)).Within(1e-11).And.Positive);
    }

    [Test]
    public void The_distance_is_the_supremum_over_all_integers_even_in_gaps()
    {
        long[] values = [1, 1, 1, 1, 2, 2, 7, 7, 30, 31, 90, 400];
        ValueHistogram histogram = ValueHistogram.Of(values, out _);

        for (int index = 0; index < histogram.Distinct - 2; index++)
        {
            double alpha = PowerLawFit.MaximumLikelihoodAlpha(histogram, index, 2.5);
            double distance =
                PowerLawFit.Distance(histogram, index, alpha, double.PositiveInfinity, new ZetaTail());
            double expected = BruteForceDistance(values, (long)histogram.Values[index], alpha);
            Assert.That(distance, Is.EqualTo(expected).Within(1e-12));
        }
    }

    [Test]
    public void The_exponent_maximises_the_likelihood()
    {
        ValueHistogram histogram =
            ValueHistogram.Of([.. OpenCase.Values("ba-m2-n8000.txt").Select(value => (long)value)], out _);
        double alpha = PowerLawFit.MaximumLikelihoodAlpha(histogram, 3, 2.5);

        double best = new PowerLawFit(3, alpha, 0).LogLikelihood(histogram);

        Assert.That(new PowerLawFit(3, alpha + 1e-3, 0).LogLikelihood(histogram), Is.LessThan(best));
        Assert.That(new PowerLawFit(3, alpha - 1e-3, 0).LogLikelihood(histogram), Is.LessThan(best));
    }

    [Test]
    public void A_candidate_that_only_ties_does_not_displace_a_smaller_xmin()
    {
        ValueHistogram histogram = ValueHistogram.Of([1, 1, 1, 2, 2, 3, 4, 9], out _);
        var tail = new ZetaTail();
        double alpha = PowerLawFit.MaximumLikelihoodAlpha(histogram, 1, 2.5);
        double distance = PowerLawFit.Distance(histogram, 1, alpha, double.PositiveInfinity, tail);

        double asTie = PowerLawFit.Distance(histogram, 1, alpha, limit: distance, tail);

        Assert.That(asTie, Is.EqualTo(double.PositiveInfinity));
    }

    // The exact degree law p(k) = 2q(q+1)/(k(k+1)(k+2)) fitted from q on.
    [TestCase(1, 2.296417)]
    [TestCase(3, 2.652877)]
    [TestCase(5, 2.771013)]
    [TestCase(10, 2.876629)]
    [TestCase(17, 2.925098)]
    [TestCase(100, 2.986772)]
    public void An_endless_Barabasi_Albert_overlay_has_a_known_exponent_below_three(int q, double alpha) =>
        Assert.That(BarabasiAlbertLimit.Alpha(q), Is.EqualTo(alpha).Within(1e-6));

    private static double BruteForceDistance(long[] values, long xmin, double alpha)
    {
        long[] tail = [.. values.Where(value => value >= xmin)];
        double normalizer = ZetaMoments.Of(alpha, xmin).Normalizer, model = 0, distance = 0;
        for (long x = xmin; x <= tail.Max(); x++)
        {
            model += Math.Pow((double)x / xmin, -alpha) / normalizer;
            double empirical = (double)tail.Count(value => value <= x) / tail.Length;
            distance = Math.Max(distance, Math.Abs(model - empirical));
        }
        return distance;
    }
}
