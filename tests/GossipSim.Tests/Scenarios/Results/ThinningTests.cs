using GossipSim.Analysis;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class ThinningTests
{
    private static readonly double[] Values =
        [.. Enumerable.Range(0, 100_001).Select(i => (long)i * 7919 % 100_001 / 10.0)];

    [Test]
    public void The_curve_through_what_is_left_is_the_curve_through_all()
    {
        var kept = Thinning.ByRank(Values, most: 1_001);

        Assert.That(kept, Has.Length.EqualTo(1_001));
        Assert.That((kept[0], kept[^1]), Is.EqualTo((0.0, 10_000.0)));
        Assert.That(SampleDistance.Between(Values, kept).KolmogorovSmirnov, Is.LessThan(1.1 / 1_001));
    }

    [Test]
    public void Few_values_are_all_left_as_they_are() =>
        Assert.That(Thinning.ByRank(Values, Values.Length), Is.SameAs(Values));

    [TestCase(100_001)]
    [TestCase(100_002)]
    [TestCase(250_000)]
    public void A_thinned_message_reaches_all_only_if_it_did_and_else_as_large_a_share(int peers)
    {
        var thinned = Thinning.Of(new MessageSpread(Values, peers), most: 1_000);

        var share = (double)thinned.ReceiptDelaysMs.Count / thinned.EligiblePeers;
        Assert.That(share, Is.EqualTo((double)Values.Length / peers).Within(0.001));
        Assert.That(share == 1, Is.EqualTo(peers == Values.Length));
    }
}
