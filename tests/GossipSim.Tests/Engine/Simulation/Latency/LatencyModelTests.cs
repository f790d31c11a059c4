using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

[TestFixture]
internal sealed class LatencyModelTests
{
    [Test]
    public void A_drawn_latency_is_the_quantile_in_whole_microseconds()
    {
        var model = new DrawnLatency(new GammaDistribution(2.5, 10));

        // 1.3373014047160816 for a scale of 1.
        Assert.That(model.BaseMicroseconds(3, 8, 0.25), Is.EqualTo(13_373));
        Assert.That(model.BaseMicroseconds(8, 3, 0.25), Is.EqualTo(13_373));
    }

    [Test]
    public void No_latency_is_shorter_than_the_shortest_nor_longer_than_the_longest()
    {
        Distribution[] extreme =
        [
            new NormalDistribution(0, 1e6), new ExponentialDistribution(1e9), new ParetoDistribution(0.01, 1e-9),
            new ConstantDistribution(0), new ConstantDistribution(-5), new ConstantDistribution(double.MaxValue),
            new LogNormalDistribution(1, 50), new GammaDistribution(0.05, 1e-9), new GammaDistribution(1000, 1e300),
        ];

        foreach (var distribution in extreme)
        {
            foreach (var unit in new[] { 1e-17, 1e-9, 0.5, 1 - 1e-9, Math.BitDecrement(1.0) })
            {
                var latency = new DrawnLatency(distribution).BaseMicroseconds(0, 1, unit);
                Assert.That(latency, Is.InRange(1_000, 60_000_000), $"{distribution} at {unit}");
            }
        }
    }

    [Test]
    public void The_shortest_latency_can_be_set()
    {
        var model = new ConstantLatency(2) { Shortest = TimeSpan.FromMilliseconds(5) };

        Assert.That(model.BaseMicroseconds(0, 1, 0.5), Is.EqualTo(5_000));
    }
}
