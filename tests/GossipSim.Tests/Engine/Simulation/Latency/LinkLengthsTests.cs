using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The links of a run draw their lengths as if by chance, each the same for both of its ends.</summary>
[TestFixture]
internal sealed class LinkLengthsTests
{
    private const int Nodes = 1_000;
    private const int Longest = 1_000_000;

    private static readonly LatencyModel anything = new UniformLatency(0, Longest / 1000.0)
    {
        Shortest = TimeSpan.Zero,
    };

    private readonly LinkLengths lengths = new(anything, randomSeed: 1);

    [Test]
    public void Both_directions_are_of_one_length_and_another_run_has_others()
    {
        var other = new LinkLengths(anything, randomSeed: 2);
        (int From, int To)[] links = [(0, 1), (7, 3), (0, 9_999_999), (5_000_000, 4_999_999)];

        foreach (var (from, to) in links)
        {
            Assert.That(lengths.Between(from, to), Is.EqualTo(lengths.Between(to, from)));
            Assert.That(lengths.Between(from, to), Is.Not.EqualTo(other.Between(from, to)));
        }

        Assert.That(links.Select(link => lengths.Between(link.From, link.To)), Is.Unique);
    }

    [TestCase(3, 7)]
    [TestCase(7, 3)]
    [TestCase(9_999_999, 0)]
    public void One_nodes_links_are_as_long_as_they_are_for_all(int node, int other) =>
        Assert.That(lengths.Of(node).To(other), Is.EqualTo(lengths.Between(node, other)));

    /// <summary>Half a million links in a hundred boxes: chi-square, of 99 degrees of freedom, is below 160.</summary>
    [Test]
    public void All_lengths_are_equally_likely()
    {
        var boxes = new int[100];
        foreach (var (from, to) in AllLinks()) boxes[lengths.Between(from, to) * boxes.Length / (Longest + 1)]++;

        var expected = boxes.Sum() / (double)boxes.Length;
        Assert.That(boxes.Sum(box => (box - expected) * (box - expected) / expected), Is.LessThan(160));
    }

    /// <summary>Half a million pairs: the correlation of what is independent is below 0.006, four deviations.</summary>
    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(1, 1)]
    [TestCase(0, 512)]
    [TestCase(512, 0)]
    public void Links_beside_each_other_have_nothing_in_common(int nextFrom, int nextTo)
    {
        var (sum, count) = (0.0, 0);
        foreach (var (from, to) in AllLinks())
        {
            sum += Centred(from, to + Nodes) * Centred(from + nextFrom, to + nextTo + Nodes);
            count++;
        }

        Assert.That(Math.Abs(12 * sum / count), Is.LessThan(0.006));

        double Centred(int from, int to) => (lengths.Between(from, to) / (double)Longest) - 0.5;
    }

    private static IEnumerable<(int From, int To)> AllLinks() =>
        from lower in Enumerable.Range(0, Nodes)
        from upper in Enumerable.Range(lower + 1, Nodes - lower - 1)
        select (lower, upper);
}
