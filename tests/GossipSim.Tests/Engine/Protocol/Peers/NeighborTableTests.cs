using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The links of a peer against a plain list of them.</summary>
[TestFixture]
internal sealed class NeighborTableTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    /// <summary>Links come and go, by the number of the other end.</summary>
    private static readonly Arbitrary<int[]> anyChanges = Gen.ArrayOf(Gen.Choose(0, 30), 80).ToArbitrary();

    [Test]
    public void A_table_is_a_list_in_the_order_in_which_links_were_made() => Prop.ForAll(anyChanges, changes =>
        Agrees(new NeighborTable(), [], changes)).Check(replayed);

    [Test]
    public void Links_that_stood_before_can_change_like_any_others() => Prop.ForAll(anyChanges, changes =>
    {
        var stars = Overlays.Star(leaves: 9);
        var hub = new NeighborTable(stars, Overlays.Hub);
        return Agrees(hub, [.. Enumerable.Range(1, 9).Select(Overlays.Peer)], changes);
    }).Check(replayed);

    [Test]
    public void What_is_known_of_a_neighbor_that_stood_before_is_made_once()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 3), Overlays.Hub);

        var neighbor = hub[1];

        Assert.That(hub.Find(Overlays.Peer(2)), Is.SameAs(neighbor));
        Assert.That(neighbor.Address, Is.EqualTo(Overlays.Peer(2)));
        Assert.That(neighbor.Epoch, Is.EqualTo(1));
        Assert.That(neighbor.NodeId, Is.EqualTo(Cast.ProcessAt(Overlays.Peer(2))));
        Assert.That(neighbor.JoinStamp, Is.EqualTo(Overlays.Plan(3).IndexOf(Overlays.Peer(2))));
        hub.Remove(hub[0]);
        Assert.That(hub[0], Is.SameAs(neighbor), "what was learned of it is not lost when other links change");
    }

    [Test]
    public void Of_a_link_that_stood_before_the_younger_end_is_the_one_that_opened_it()
    {
        var overlay = Overlays.Star(leaves: 3);

        Assert.That(new NeighborTable(overlay, Overlays.Hub).OpenedHere(9), Is.Empty);
        Assert.That(new NeighborTable(overlay, Overlays.Hub + 2).OpenedHere(9), Is.EqualTo(new[] { Overlays.Peer(0) }));
    }

    [Test]
    public void What_is_told_is_one_array_until_links_change()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 12), Overlays.Hub);
        var told = hub.Told();
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 8).Select(Overlays.Peer)));
        Assert.That(hub.Told(), Is.SameAs(told));

        hub.Remove(hub[0]);

        Assert.That(hub.Told(), Is.EqualTo(Enumerable.Range(2, 8).Select(Overlays.Peer)));
    }

    /// <summary>Each change takes that neighbor out, or in when it is none.</summary>
    private static bool Agrees(NeighborTable table, List<NodeAddress> model, int[] changes)
    {
        foreach (var change in changes)
        {
            var address = Overlays.Peer(change);
            if (table.Find(address) is { } known)
            {
                table.Remove(known);
                model.Remove(address);
            }
            else
            {
                table.Add(new Neighbor(address, Cast.ProcessAt(address), 1, change, isOpenedHere: change % 2 == 0));
                model.Add(address);
            }

            if (!AgreeNow(table, model)) return false;
        }

        return table.OpenedHere(int.MaxValue).All(model.Contains);
    }

    private static bool AgreeNow(NeighborTable table, List<NodeAddress> model) =>
        table.Count == model.Count
        && Enumerable.Range(0, 32).All(peer => table.PlaceOf(Overlays.Peer(peer)) == model.IndexOf(Overlays.Peer(peer)))
        && Enumerable.Range(0, table.Count).All(place =>
            table.AddressAt(place) == model[place] && table[place].Address == model[place])
        && table.Told().SequenceEqual(model.Take(8));
}
