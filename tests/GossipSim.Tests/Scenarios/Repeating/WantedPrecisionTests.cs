using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using GossipSim.Tests.Analysis.Repeats;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Repeating;

[TestFixture]
internal sealed class WantedPrecisionTests
{
    [Test]
    public void A_share_of_the_mean_and_a_number_of_its_own_unit_are_understood()
    {
        Assert.That(
            WantedPrecision.Parse("--precision", "gossip.latencyMs.p99=2%", new Scenario()),
            Is.EqualTo(new WantedPrecision("gossip.latencyMs.p99", 0.02, IsRelative: true)));
        Assert.That(
            WantedPrecision.Parse("--precision", "overlay.degreeMax = 0.5", new Scenario()),
            Is.EqualTo(new WantedPrecision("overlay.degreeMax", 0.5, IsRelative: false)));
    }

    [TestCase("gossip.latencyMs.p99", "allowed is a figure and how near")]
    [TestCase("gossip.latencyMs.p99=0%", "allowed is a figure and how near")]
    [TestCase("gossip.latencyMs.p99=-1", "allowed is a figure and how near")]
    [TestCase("gossip.latencyMs.p99=inf", "allowed is a figure and how near")]
    [TestCase("gossip.latencyMs.p98=2%", "did you mean \"gossip.latencyMs.p90\"?")]
    [TestCase("powerLaw.verdict=2%", "is a word and no number")]
    public void What_cannot_be_meant_is_refused_with_what_can(string text, string said) => Assert.That(
        () => WantedPrecision.Parse("--precision", text, new Scenario()),
        Throws.TypeOf<UsageException>().With.Message.Contains(said));

    [Test]
    public void It_is_reached_by_narrow_intervals_of_enough_runs()
    {
        var wanted = new WantedPrecision("overlay.degreeMax", 0.1, IsRelative: true);
        double[] near = [9, 11, 10, 10, 9, 11, 10, 10, 9, 11];

        Assert.That(wanted.IsReachedBy(MeanInterval.Of(near)), Is.True);
        Assert.That(wanted.IsReachedBy(MeanInterval.Of(near.AsSpan(0, 9))), Is.False, "too few to trust the spread");
        Assert.That((wanted with { Width = 0.01 }).IsReachedBy(MeanInterval.Of(near)), Is.False);
        Assert.That(wanted.IsReachedBy(null), Is.False);
    }

    /// <summary>Looking again and again costs a little of the level: 93 % instead of 95 % here.</summary>
    [Test]
    public void Stopping_when_it_looks_good_leaves_the_interval_nearly_as_honest()
    {
        var chances = new SyntheticRepeats(randomSeed: 13);
        var wanted = new WantedPrecision("x", 0.05, IsRelative: true);

        var holding = Enumerable.Range(0, 1000).Count(_ =>
        {
            var values = new List<double>();
            MeanInterval interval;
            do
            {
                values.AddRange(chances.Normal(WantedPrecision.Batch, mean: 100, deviation: 15));
                interval = MeanInterval.Of([.. values]);
            }
            while (!wanted.IsReachedBy(interval));

            return interval.Low <= 100 && 100 <= interval.High;
        });

        Assert.That(holding, Is.InRange(915, 970));
    }
}
