using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class BinomialSamplerTests
{
    [TestCase(100, double.NaN, 0)]
    [TestCase(int.MaxValue, double.NaN, 0)]
    [TestCase(100, double.PositiveInfinity, 100)]
    [TestCase(100, -1, 0)]
    public void A_probability_out_of_range_ends_at_a_bound(int trials, double probability, int expected)
    {
        var random = new CounterRandom(1, 1);

        Assert.That(BinomialSampler.Draw(trials, probability, ref random), Is.EqualTo(expected));
    }

    // Inversion, its mirror image, rejection, its mirror image, and many trials.
    [TestCase(20, 0.1)]
    [TestCase(20, 0.93)]
    [TestCase(60, 0.35)]
    [TestCase(100, 0.8)]
    [TestCase(1_000_000, 0.0003)]
    public void Draws_follow_the_binomial_law(int trials, double probability)
    {
        const int draws = 60_000;
        var random = new CounterRandom(9, (ulong)trials);
        var counts = new Dictionary<int, int>();

        for (int i = 0; i < draws; i++)
        {
            int k = BinomialSampler.Draw(trials, probability, ref random);
            counts[k] = counts.GetValueOrDefault(k) + 1;
        }

        double chiSquare = 0, logMass = trials * double.LogP1(-probability), restExpected = draws, restSeen = draws;
        int cells = 0;
        for (int k = 0; k <= trials && k < 100_000; k++)
        {
            double expected = draws * Math.Exp(logMass);
            if (expected >= 10)
            {
                double seen = counts.GetValueOrDefault(k);
                chiSquare += (seen - expected) * (seen - expected) / expected;
                (restExpected, restSeen, cells) = (restExpected - expected, restSeen - seen, cells + 1);
            }
            logMass += Math.Log((double)(trials - k) / (k + 1) * probability / (1 - probability));
        }
        // Mean cells, standard deviation sqrt(2 cells); the rare rest is checked by its total.
        Assert.That(chiSquare, Is.LessThan(cells + 4 * Math.Sqrt(2 * cells)));
        Assert.That(restSeen, Is.EqualTo(restExpected).Within(5 * Math.Sqrt(restExpected + 1)));
    }

    [Test]
    public void Certain_and_impossible_successes_need_no_draw()
    {
        var random = new CounterRandom(1, 1);

        Assert.That(BinomialSampler.Draw(17, 1, ref random), Is.EqualTo(17));
        Assert.That(BinomialSampler.Draw(17, 0, ref random), Is.Zero);
        Assert.That(BinomialSampler.Draw(0, 0.4, ref random), Is.Zero);
    }
}
