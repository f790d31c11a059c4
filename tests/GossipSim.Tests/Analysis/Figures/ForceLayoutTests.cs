using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class ForceLayoutTests
{
    private static readonly (int, int)[] ring = [.. Enumerable.Range(0, 40).Select(i => (i, (i + 1) % 40))];

    [Test]
    public void The_same_graph_gives_the_same_places()
    {
        (double X, double Y)[] once = ForceLayout.Place(40, ring), again = ForceLayout.Place(40, ring);

        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void Linked_nodes_lie_nearer_than_others()
    {
        (double X, double Y)[] places = ForceLayout.Place(40, ring);

        double linked = ring.Average(link => Distance(places[link.Item1], places[link.Item2]));
        double all = Enumerable.Range(0, 40).SelectMany(a => Enumerable.Range(0, a).Select(b => (a, b)))
            .Average(pair => Distance(places[pair.a], places[pair.b]));

        Assert.That(3 * linked, Is.LessThan(all));
    }

    [Test]
    public void No_two_nodes_share_a_place_and_parts_without_a_link_stay_in_the_picture()
    {
        (double X, double Y)[] places = ForceLayout.Place(60, ring);

        Assert.That(places.Distinct().Count(), Is.EqualTo(60));
        Assert.That(places.SelectMany(place => new[] { place.X, place.Y }), Is.All.InRange(-100, 100));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Hardly_any_node_is_no_trouble(int nodes) =>
        Assert.That(ForceLayout.Place(nodes, []), Has.Length.EqualTo(nodes));

    private static double Distance((double X, double Y) one, (double X, double Y) other) =>
        Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));
}
