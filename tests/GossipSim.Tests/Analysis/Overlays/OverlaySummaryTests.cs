using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Overlays;

public sealed class OverlaySummaryTests
{
    [Test]
    public void Components_degrees_and_isolated_nodes_are_counted()
    {
        OverlaySummary summary = OverlaySummary.Of(7, [(0, 1), (1, 2), (2, 0), (4, 5)]);

        Assert.That((summary.Components, summary.IsolatedNodes), Is.EqualTo((4, 2)));
        Assert.That(summary.LargestComponentFraction, Is.EqualTo(3.0 / 7));
        Assert.That((summary.Edges, summary.DegreeMax, summary.DegreeMean), Is.EqualTo((4, 2, 8.0 / 7)));
        Assert.That(summary.Degrees, Is.EqualTo(new[] { 2, 2, 2, 0, 1, 1, 0 }));
    }

    [Test]
    public void Loops_and_repeated_links_count_once_at_most()
    {
        OverlaySummary summary = OverlaySummary.Of(2, [(0, 1), (1, 0), (0, 1), (1, 1)]);

        Assert.That((summary.Edges, summary.DegreeMax), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_generated_overlay_has_the_degrees_listed_for_it()
    {
        (int A, int B)[] edges =
        [
            .. OpenCase.Lines("ba-m4-n2000.edges").Select(line => line.Split((char[])[' ', '\t']))
                .Select(pair => (int.Parse(pair[0]), int.Parse(pair[1]))),
        ];

        OverlaySummary summary = OverlaySummary.Of(2000, edges);

        Assert.That(summary.Degrees, Is.EquivalentTo(OpenCase.Values("ba-m4-n2000.txt")));
        Assert.That((summary.Components, summary.LargestComponentFraction), Is.EqualTo((1, 1.0)));
    }

    [Test]
    public void No_nodes_make_no_components() =>
        Assert.That(OverlaySummary.Of(0, []).LargestComponentFraction, Is.Zero);

    [Test]
    public void An_edge_to_an_unknown_node_is_refused() =>
        Assert.That(() => OverlaySummary.Of(2, [(0, 2)]), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
