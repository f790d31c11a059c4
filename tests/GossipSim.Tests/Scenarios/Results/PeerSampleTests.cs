using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class PeerSampleTests
{
    private const int Peers = 200_000;

    private static readonly AddressPlan Plan =
        new(RunStory.SeedNodes[0], RunStory.SeedNodes.Length, RunStory.Address(7000), Peers);

    [TestCase(100)]
    [TestCase(5_000)]
    [TestCase(100_000)]
    public void It_has_about_as_many_peers_as_wanted(int wanted)
    {
        var found = new PeerSample(wanted, Peers).CountIn(Plan);

        // Six standard deviations of so many draws.
        Assert.That(found, Is.EqualTo(wanted).Within(6 * Math.Sqrt(wanted)));
    }

    [Test]
    public void The_smaller_of_two_samples_is_part_of_the_larger()
    {
        var (small, large) = (new PeerSample(500, Peers), new PeerSample(2_000, Peers));

        for (var index = Plan.SeedNodes; index < Plan.Count; index++)
            if (small.Has(Plan[index])) Assert.That(large.Has(Plan[index]), Is.True);
    }
}
