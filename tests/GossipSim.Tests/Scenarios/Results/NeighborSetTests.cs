using FsCheck;
using FsCheck.Fluent;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class NeighborSetTests
{
    /// <summary>Enough of them to become a hub, and to be one no more.</summary>
    private const int Others = 400;

    [Test]
    public void It_holds_what_a_set_would_hold_however_many_links_a_node_gains_and_loses() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().ListOf(3 * Others).ToArbitrary(),
        changes =>
        {
            var neighbors = new NeighborSet();
            var expected = new HashSet<int>();
            foreach (var (change, place) in changes.Select((change, place) => (change, place)))
            {
                var other = Math.Abs(change * 31 % Others) + (place % Others / 2);
                // Twice as many come as go, until the last third.
                var comes = place < 2 * Others ? change % 3 != 0 : change % 5 == 0;
                var isNew = comes ? expected.Add(other) : expected.Remove(other);
                Assert.That(comes ? neighbors.Add(other) : neighbors.Remove(other), Is.EqualTo(isNew));
                Assert.That(neighbors.Contains(other), Is.EqualTo(comes));
            }

            Assert.That(neighbors.Items.ToArray(), Is.EquivalentTo(expected));
        }).Check(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(20));

    [TestCase(3)]
    [TestCase(Others)]
    public void A_copy_changes_by_itself(int count)
    {
        var neighbors = new NeighborSet();
        for (var other = 0; other < count; other++) neighbors.Add(other);

        var copy = neighbors.Copy();
        copy.Remove(0);
        neighbors.Remove(1);

        Assert.That(copy.Items.ToArray(), Is.EquivalentTo(Enumerable.Range(1, count - 1)));
        Assert.That(copy.Contains(1) && !copy.Contains(0) && neighbors.Contains(0), Is.True);
    }

    [Test]
    public void A_hub_that_crashed_begins_anew()
    {
        var neighbors = new NeighborSet();
        for (var other = 0; other < Others; other++) neighbors.Add(other);

        neighbors.Clear();

        Assert.That(neighbors.Contains(7), Is.False);
        Assert.That(neighbors.Add(7), Is.True);
        Assert.That(neighbors.Add(7), Is.False);
        Assert.That(neighbors.Items.ToArray(), Is.EqualTo(new[] { 7 }));
    }
}
