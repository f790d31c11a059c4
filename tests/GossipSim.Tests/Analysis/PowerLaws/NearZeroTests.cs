using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class NearZeroTests
{
    [TestCase(1e-300)]
    [TestCase(1e-17)]
    [TestCase(3e-9)]
    [TestCase(-2.5e-7)]
    [TestCase(1e-4)]
    [TestCase(-1e-4)]
    public void Small_arguments_keep_all_their_digits(double x)
    {
        double logarithm = x * (1 - (x / 2) + (x * x / 3) - (x * x * x / 4));
        double power = x * (1 + (x / 2) + (x * x / 6) + (x * x * x / 24));

        Assert.That(NearZero.LogP1(x), Is.EqualTo(logarithm).Within(4e-16 * Math.Abs(x)));
        Assert.That(NearZero.ExpM1(x), Is.EqualTo(power).Within(4e-16 * Math.Abs(x)));
    }

    [TestCase(0.7)]
    [TestCase(-0.3)]
    [TestCase(40)]
    [TestCase(700)]
    public void Other_arguments_are_those_of_the_runtime(double x)
    {
        Assert.That(NearZero.ExpM1(x), Is.EqualTo(Math.Exp(x) - 1).Within(1e-15 * Math.Exp(x)));
        Assert.That(NearZero.LogP1(x), Is.EqualTo(Math.Log(1 + x)).Within(1e-15 * Math.Abs(Math.Log(1 + x))));
    }

    [Test]
    public void Limits_are_limits()
    {
        Assert.That(NearZero.ExpM1(-800), Is.EqualTo(-1));
        Assert.That(NearZero.ExpM1(800), Is.EqualTo(double.PositiveInfinity));
        Assert.That(NearZero.LogP1(double.PositiveInfinity), Is.EqualTo(double.PositiveInfinity));
        Assert.That((NearZero.LogP1(0), NearZero.ExpM1(0)), Is.EqualTo((0.0, 0.0)));
    }
}
