using GossipSim.Engine.Simulation;
using MathNet.Numerics;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

[TestFixture]
internal sealed class StandardGammaTests
{
    private static readonly double[] shapes =
        [0.05, 0.07, 0.1, 0.3, 0.5, 0.9, 1, 1.1, 2, 2.5, 5, 9.99, 10, 33.3, 100, 314, 999, 1000];

    private static readonly double[] units =
    [
        1e-9, 1e-7, 1e-5, 0.001, 0.01, 0.1, 0.25, 0.4, 0.4999999, 0.5, 0.5000001, 0.6, 0.75, 0.9, 0.99, 0.999,
        1 - 1e-5, 1 - 1e-7, 1 - 1e-9,
    ];

    // Computed with 60 digits (mpmath 1.3, findroot on gammainc of the doubles).
    [TestCase(0.05, 1e-9, 5.8446320572866414e-181)]
    [TestCase(0.05, 0.001, 5.844632057286547e-61)]
    [TestCase(0.05, 0.25, 5.3156618899169803e-13)]
    [TestCase(0.05, 0.5, 5.5738784407462475e-7)]
    [TestCase(0.05, 0.9, 0.076317113909188504)]
    [TestCase(0.05, 1 - 1e-9, 15.116740106874814)]
    [TestCase(0.5, 1e-9, 7.8539816339744841e-19)]
    [TestCase(0.5, 0.25, 0.050765522133810773)]
    [TestCase(0.5, 1 - 1e-9, 18.66244655325936)]
    [TestCase(1, 0.5, 0.69314718055994531)]
    [TestCase(2.5, 1e-9, 0.00040614478283282705)]
    [TestCase(2.5, 0.25, 1.3373014047160816)]
    [TestCase(2.5, 0.9, 4.6181784498905595)]
    [TestCase(2.5, 1 - 1e-9, 25.346096880759594)]
    [TestCase(10, 0.001, 2.9605203727437596)]
    [TestCase(10, 0.5, 9.6687146147141312)]
    [TestCase(10, 1 - 1e-9, 41.73956221662375)]
    [TestCase(100, 1e-9, 51.143302228837421)]
    [TestCase(100, 0.25, 93.085833837121743)]
    [TestCase(100, 0.9, 113.01052385984448)]
    [TestCase(100, 1 - 1e-9, 172.07103987000211)]
    [TestCase(1000, 1e-9, 821.83275358317084)]
    [TestCase(1000, 0.5, 999.66668642696518)]
    [TestCase(1000, 0.9, 1040.7343080136901)]
    [TestCase(1000, 1 - 1e-9, 1201.4728731116944)]
    public void Quantiles_have_eleven_right_digits(double shape, double unit, double exact) =>
        Assert.That(StandardGamma.Quantile(shape, unit), Is.EqualTo(exact).Within(exact * 1e-11));

    [Test]
    public void The_distribution_function_leads_back_from_every_quantile()
    {
        foreach (var shape in shapes)
        {
            foreach (var unit in units)
            {
                var quantile = StandardGamma.Quantile(shape, unit);

                // The tail that a double holds exactly.
                var (found, wanted) = unit <= 0.5
                    ? (Lower(shape, quantile), unit)
                    : (SpecialFunctions.GammaUpperRegularized(shape, quantile), 1 - unit);
                Assert.That(found, Is.EqualTo(wanted).Within(wanted * 1e-9), $"shape {shape} at {unit}");
            }
        }
    }

    [Test]
    public void A_shape_of_1_is_exponential()
    {
        foreach (var unit in units)
        {
            var exact = new ExponentialDistribution(1).Quantile(unit);
            // Near 0 the plain logarithm of 1 - u loses digits, not the gamma quantile.
            Assert.That(StandardGamma.Quantile(1, unit), Is.EqualTo(exact).Within((exact * 1e-12) + 1e-16));
        }
    }

    [Test]
    public void Every_quantile_is_a_number_and_none_falls([Values(0.001, 0.05, 1, 30, 1000, 1e6)] double shape)
    {
        double[] outermost = [Math.Pow(2, -53), .. units, 1 - Math.Pow(2, -53)];
        var quantiles = outermost.Select(unit => StandardGamma.Quantile(shape, unit)).ToArray();

        Assert.That(quantiles, Is.Ordered);
        Assert.That(quantiles, Has.All.InRange(0.0, 1e7));
    }

    [Test]
    public void The_logarithm_of_the_gamma_function_is_that_of_the_library()
    {
        foreach (var shape in shapes)
        {
            var exact = SpecialFunctions.GammaLn(shape);
            Assert.That(StandardGamma.LogGamma(shape), Is.EqualTo(exact).Within(1e-13 * (1 + Math.Abs(exact))));
        }
    }

    /// <summary>The library's function, which is 0 near 0; there only the first term of the series counts.</summary>
    private static double Lower(double shape, double x) => x > 1e-12
        ? SpecialFunctions.GammaLowerRegularized(shape, x)
        : Math.Exp((shape * Math.Log(x)) - SpecialFunctions.GammaLn(shape + 1));
}
