using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Distributions;

public sealed class EmpiricalDistributionTests
{
    [Test]
    public void The_staircase_starts_at_zero_and_ends_at_one()
    {
        EmpiricalDistribution distribution = EmpiricalDistribution.Of([3, 1, 3, 8]);

        PlotPoint[] expected = [new(0, 0), new(1, 0.25), new(3, 0.75), new(8, 1)];
        Assert.That(distribution.Steps(), Is.EqualTo(expected));
    }

    [TestCase(0.99, 0)]
    [TestCase(1, 0.25)]
    [TestCase(3, 0.75)]
    [TestCase(7.9, 0.75)]
    [TestCase(8, 1)]
    public void Its_value_is_the_share_of_values_at_most_x(double x, double share) =>
        Assert.That(EmpiricalDistribution.Of([3, 1, 3, 8]).At(x), Is.EqualTo(share));

    [Test]
    public void What_is_not_finite_is_refused() =>
        Assert.That(() => EmpiricalDistribution.Of([1, double.NaN]), Throws.ArgumentException);

    [Test]
    public void Degrees_have_a_mass_and_a_complementary_cumulative_distribution()
    {
        DegreeDistribution distribution = DegreeDistribution.Of([2, 5, 2, 3]);

        PlotPoint[] mass = [new(2, 0.5), new(3, 0.25), new(5, 0.25)];
        PlotPoint[] atLeast = [new(2, 1), new(3, 0.5), new(5, 0.25)];
        Assert.That(distribution.ProbabilityMass(), Is.EqualTo(mass));
        Assert.That(distribution.ComplementaryCumulative(), Is.EqualTo(atLeast));
        Assert.That((distribution.Mean, distribution.Max, distribution.Total), Is.EqualTo((3.0, 5, 4)));
    }
}
