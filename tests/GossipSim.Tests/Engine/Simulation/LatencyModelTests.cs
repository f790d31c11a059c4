using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Each latency model against the distribution whose name it bears.</summary>
[TestFixture]
internal sealed class LatencyModelTests
{
    private static readonly TestCaseData[] models =
    [
        new(new UniformLatency(10, 50), new ContinuousUniform(10, 50)) { TestName = "Uniform" },
        new(new NormalLatency(80, 10), new Normal(80, 10)) { TestName = "Normal" },
        new(new LogNormalLatency(60, 0.5), new LogNormal(Math.Log(60), 0.5)) { TestName = "Log-normal" },
        new(new ExponentialLatency(70), new Exponential(1.0 / 70)) { TestName = "Exponential" },
        new(new WeibullLatency(1.5, 70), new Weibull(1.5, 70)) { TestName = "Weibull" },
        new(new ParetoLatency(3, 20), new Pareto(20, 3)) { TestName = "Pareto" },
    ];

    [TestCaseSource(nameof(models))]
    public void Quantiles_are_those_of_the_distribution(LatencyModel model, IContinuousDistribution distribution)
    {
        for (var unit = 0.02; unit < 1; unit += 0.02)
        {
            var latencyMs = model.QuantileMicroseconds(unit) / 1000.0;
            // Half a microsecond of rounding moves the distribution function by less than 1e-4 here.
            if (latencyMs <= 1) continue;
            Assert.That(distribution.CumulativeDistribution(latencyMs), Is.EqualTo(unit).Within(1e-4));
        }
    }

    [TestCaseSource(nameof(models))]
    public void Drawn_links_follow_the_distribution(LatencyModel model, IContinuousDistribution distribution)
    {
        const int Links = 20_000;
        var drawn = Enumerable.Range(0, Links)
            .Select(link => model.QuantileMicroseconds(Mix64.ToUnit(Mix64.Of(5, (ulong)link))) / 1000.0)
            .Order().ToArray();

        var distance = drawn
            .Select((latencyMs, index) => distribution.CumulativeDistribution(latencyMs) - ((index + 0.5) / Links))
            .Max(Math.Abs);
        // Kolmogorov-Smirnov at 0.001; the exponential and Weibull models put their share below 1 ms on 1 ms itself.
        var belowShortest = Math.Max(0, distribution.CumulativeDistribution(model.Shortest.TotalMilliseconds));
        Assert.That(distance, Is.LessThan((1.95 / Math.Sqrt(Links)) + belowShortest));
    }

    [Test]
    public void A_constant_is_the_same_for_all() =>
        Assert.That(
            new[] { 0.001, 0.5, 0.999 }.Select(new ConstantLatency(20).QuantileMicroseconds), Is.All.EqualTo(20_000));

    [Test]
    public void Measured_values_come_back_as_they_are_each_as_likely_as_the_others()
    {
        var model = new EmpiricalLatency([30, 10, 20, 10]);

        var drawn = Enumerable.Range(0, 4000)
            .Select(index => model.QuantileMicroseconds((index + 0.5) / 4000)).ToArray();

        Assert.That(drawn.Distinct(), Is.EqualTo(new[] { 10_000L, 20_000L, 30_000L }));
        Assert.That(drawn.Count(latency => latency == 10_000), Is.EqualTo(2000));
        Assert.That(() => new EmpiricalLatency([]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void No_latency_is_shorter_than_the_shortest_nor_longer_than_the_longest()
    {
        LatencyModel[] extreme =
        [
            new NormalLatency(0, 1e6), new ExponentialLatency(1e9), new ParetoLatency(0.01, 1e-9),
            new ConstantLatency(0), new ConstantLatency(-5), new ConstantLatency(double.MaxValue),
            new LogNormalLatency(1, 50),
        ];

        foreach (var model in extreme)
            foreach (var unit in new[] { 1e-17, 1e-9, 0.5, 1 - 1e-9, Math.BitDecrement(1.0) })
                Assert.That(model.QuantileMicroseconds(unit), Is.InRange(1_000, 60_000_000), $"{model} at {unit}");
    }

    [Test]
    public void Quantiles_never_fall()
    {
        foreach (var data in models)
        {
            var model = (LatencyModel)data.Arguments[0]!;
            var quantiles = Enumerable.Range(1, 9999)
                .Select(index => model.QuantileMicroseconds(index / 10_000.0)).ToArray();
            Assert.That(quantiles, Is.Ordered, model.ToString());
        }
    }

    [Test]
    public void The_standard_normal_quantile_is_right_to_nine_digits()
    {
        // The seams of the approximation lie at 0.02425 and its mirror image.
        double[] units = [1e-12, 1e-6, 0.001, 0.02424, 0.02426, 0.3, 0.5, 0.7, 0.97574, 0.97576, 0.999, 1 - 1e-9];
        foreach (var unit in units)
        {
            var exact = Normal.InvCDF(0, 1, unit);
            Assert.That(StandardNormal.Quantile(unit), Is.EqualTo(exact).Within(1e-8), $"at {unit}");
        }
    }
}
