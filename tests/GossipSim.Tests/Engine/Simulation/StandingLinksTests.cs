using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Whether standing links are kept or worked out again makes no difference to what they are.</summary>
[TestFixture]
internal sealed class StandingLinksTests
{
    private const int Leaves = 40;

    private static readonly StandingOverlay star = Overlays.Star(Leaves);
    private static readonly LinkLengths lengths = new(new UniformLatency(10, 100), randomSeed: 3);

    [TestCase(2 * Leaves)]
    [TestCase((2 * Leaves) - 1)]
    public void Each_link_is_as_long_as_it_is_for_all(int mostEnds)
    {
        var standing = new StandingLinks(star, lengths, mostEnds);
        // Too little at first.
        var room = new StandingLink[1];

        for (var node = 0; node < star.Plan.Count; node++)
        {
            var others = star.NeighborsOf(node).ToArray();
            var expected = others.Select(other => (other, lengths.Between(node, other))).ToArray();
            var links = standing.Of(node, ref room).ToArray();
            Assert.That(
                links.Select(link => (link.Other, (long)link.Length)), Is.EqualTo(expected), $"node {node}");
            foreach (var link in links)
            {
                Assert.That(standing.TryFind(node, link.Other, out var found));
                Assert.That(found, Is.EqualTo(link), $"from {node} to {link.Other}");
            }

            Assert.That(standing.TryFind(node, node, out _), Is.False, "nobody is linked to itself");
        }
    }

    [Test]
    public void The_other_end_of_a_link_that_is_kept_leads_back()
    {
        var standing = new StandingLinks(star, lengths);
        StandingLink[] room = [];

        for (var node = 0; node < star.Plan.Count; node++)
        {
            var place = 0;
            foreach (var link in standing.Of(node, ref room))
            {
                var back = standing.At(link.Other, link.PlaceThere);
                Assert.That((back.Other, back.Length, back.PlaceThere), Is.EqualTo((node, link.Length, place++)));
            }
        }
    }

    [Test]
    public void Where_links_are_not_kept_the_other_end_is_not_looked_for()
    {
        var standing = new StandingLinks(star, lengths, mostEnds: 0);
        StandingLink[] room = [];

        var places = standing.Of(Overlays.Hub, ref room).ToArray().Select(link => link.PlaceThere);

        Assert.That(places, Is.EqualTo(Enumerable.Repeat(Recipients.NoPlace, Leaves)));
    }
}
