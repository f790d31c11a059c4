using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Whether the lengths of standing links are kept or drawn again makes no difference to them.</summary>
[TestFixture]
internal sealed class StandingLengthsTests
{
    private const int Leaves = 40;

    private static readonly StandingOverlay star = Overlays.Star(Leaves);
    private static readonly LinkLengths links = new(new UniformLatency(10, 100), randomSeed: 3);

    [TestCase(2 * Leaves)]
    [TestCase((2 * Leaves) - 1)]
    public void Each_link_is_as_long_as_it_is_for_all(int mostEnds)
    {
        var standing = new StandingLengths(star, links, mostEnds);
        // Too little at first.
        var room = new int[1];

        for (var node = 0; node < star.Plan.Count; node++)
        {
            var expected = star.NeighborsOf(node).ToArray().Select(other => links.Between(node, other)).ToArray();
            Assert.That(standing.Of(node, ref room).ToArray(), Is.EqualTo(expected), $"node {node}");
            Assert.That(
                Enumerable.Range(0, expected.Length).Select(place => standing.To(place, node)), Is.EqualTo(expected));
        }
    }
}
