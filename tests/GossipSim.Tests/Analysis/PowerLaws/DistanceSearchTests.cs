using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class DistanceSearchTests
{
    [Test]
    public void What_is_found_without_looking_everywhere_is_the_largest_distance_of_all()
    {
        for (ulong randomSeed = 0; randomSeed < 40; randomSeed++)
        {
            ValueHistogram histogram = Histogram(randomSeed);
            var law = new ZetaTail();
            foreach (int index in new[] { 0, histogram.Distinct / 3, histogram.Distinct - 3 })
            {
                double alpha = 1.2 + (randomSeed * 0.1);
                double expected = Exhaustive(histogram, index, alpha);

                double found = PowerLawFit.Distance(histogram, index, alpha, double.PositiveInfinity, law);
                double asTie = PowerLawFit.Distance(histogram, index, alpha, found, law);

                Assert.That(found, Is.EqualTo(expected).Within(1e-14), $"random seed {randomSeed}");
                Assert.That(asTie, Is.EqualTo(double.PositiveInfinity));
            }
        }
    }

    [Test]
    public void A_wrong_hint_changes_nothing()
    {
        ValueHistogram histogram = Histogram(7);
        var law = new ZetaTail();
        law.Prepare(2, histogram.Values[0], histogram.Largest);

        double[] found =
        [
            .. new[] { -1, 0, 1, 5, histogram.Distinct - 1, histogram.Distinct + 9 }
                .Select(hint => new DistanceSearch(histogram, 0, double.PositiveInfinity, law).Find(hint)),
        ];

        Assert.That(found, Is.All.EqualTo(found[0]));
    }

    [Test]
    public void A_law_without_finite_probabilities_is_infinitely_far()
    {
        ValueHistogram histogram = Histogram(7);
        var law = new ZetaTail();
        law.Prepare(double.NaN, histogram.Values[0], histogram.Largest);

        double found = new DistanceSearch(histogram, 0, double.PositiveInfinity, law).Find(0);

        Assert.That(found, Is.EqualTo(double.PositiveInfinity));
    }

    /// <summary>Several hundred distinct values, with gaps where they are large.</summary>
    private static ValueHistogram Histogram(ulong randomSeed)
    {
        var random = new CounterRandom(randomSeed, 1);
        var values = new long[3000];
        for (int i = 0; i < values.Length; i++) values[i] = (long)(2 * Math.Pow(random.NextDouble(), -0.7));
        return ValueHistogram.Of(values, out _);
    }

    private static double Exhaustive(ValueHistogram histogram, int index, double alpha)
    {
        var law = new ZetaTail();
        law.Prepare(alpha, histogram.Values[index], histogram.Largest);
        double total = histogram.CountFrom[index], distance = 0;
        for (int i = index; i < histogram.Distinct; i++)
        {
            double above = histogram.CountFrom[i + 1] / total;
            double after = law.AtLeast(histogram.Values[i] + 1, histogram.NextLogs[i]);
            distance = Math.Max(distance, Math.Abs(after - above));
            if (i + 1 == histogram.Distinct) break;
            double before = law.AtLeast(histogram.Values[i + 1], histogram.Logs[i + 1]);
            distance = Math.Max(distance, Math.Abs(before - above));
        }
        return distance;
    }
}
