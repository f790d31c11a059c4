using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class RivalCurveTests
{
    [TestCase("ba-m2-n8000.txt")]
    [TestCase("geometric-mean12-n5000.txt")]
    [TestCase("poisson-8-n5000.txt")]
    public void A_rival_s_curve_sums_its_probabilities(string name)
    {
        RivalLaws laws = Fitted(name);

        int compared = 0;
        foreach (RivalLaw law in Rivals(laws).Where(law => law.AtLeast is not null))
        {
            Assert.That(law.AtLeast!(laws.Tail.Xmin), Is.EqualTo(1).Within(1e-12));
            for (int i = 0; i < laws.Tail.Values.Length; i++)
            {
                double x = laws.Tail.Values[i], mass = Math.Exp(law.LogProbabilities[i]);
                if (mass < 1e-9) continue;
                compared++;
                Assert.That(law.AtLeast(x) - law.AtLeast(x + 1), Is.EqualTo(mass).Within(1e-10 + 1e-8 * mass), $"{x}");
            }
        }
        Assert.That(compared, Is.GreaterThan(3 * 5));
    }

    [Test]
    public void Each_rival_has_a_look_of_its_own_even_without_colours()
    {
        LineSeries[] laws = Laws("ba-m2-n8000.txt");

        Assert.That(laws, Has.Length.EqualTo(6));
        Assert.That(laws.Select(law => law.Style.Dash), Is.Unique);
        Assert.That(laws.Select(law => law.Style.Color), Is.Unique);
    }

    [Test]
    public void A_rival_that_is_the_power_law_itself_is_named_and_not_drawn()
    {
        int[] degrees = OpenCase.Values("zeta-a2.3-xmin2-n3000.txt");
        PowerLawAnalysis analysis = PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 0 });
        Assert.That(analysis.Comparisons!.StretchedExponential.Degenerate, "the case is chosen for that");

        Panel panel = DegreeDistributionFigure.Create(degrees, analysis, "a list").Panel;

        Assert.That(panel.Series.Select(series => series.Label), Has.None.Contains("stretched"));
        Assert.That(panel.Notes.Select(note => note.Text), Has.Some.Contains("stretched exponential"));
    }

    // Their p-values in this order: 0.052, 0.042 with a negative ratio, 4e-10 with a positive one.
    [TestCase("poisson-8-n5000.txt", "exponential: as good")]
    [TestCase("geometric-mean12-n5000.txt", "log-normal: better")]
    [TestCase("ba-m2-n8000.txt", "exponential: worse")]
    public void A_rival_s_label_says_what_the_likelihood_ratio_says(string name, string label) =>
        Assert.That(Laws(name).Select(law => law.Label), Has.Member(label));

    private static IEnumerable<RivalLaw> Rivals(RivalLaws laws) =>
        [laws.Exponential, laws.Poisson, laws.LogNormal, laws.StretchedExponential, laws.TruncatedPowerLaw];

    private static RivalLaws Fitted(string name)
    {
        long[] values = Array.ConvertAll(OpenCase.Values(name), value => (long)value);
        ValueHistogram histogram = ValueHistogram.Of(values, out _);
        return new RivalLaws(new PowerLawTail(histogram, PowerLawFit.Best(histogram, new ZetaTail())!.Value));
    }

    private static LineSeries[] Laws(string name)
    {
        int[] degrees = OpenCase.Values(name);
        PowerLawAnalysis analysis = PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 0 });
        return [.. DegreeDistributionFigure.Create(degrees, analysis, "a list").Panel.Series.OfType<LineSeries>()];
    }
}
