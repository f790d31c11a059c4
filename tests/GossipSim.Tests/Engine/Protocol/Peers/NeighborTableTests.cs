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
    public void Who_a_neighbor_is_is_told_from_who_it_is_not()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 3), Overlays.Hub);
        AssertToldApart(hub, place: 1);

        _ = hub[1];
        AssertToldApart(hub, place: 1);
        AssertToldApart(hub, place: 2);

        hub.Remove(hub[0]);
        AssertToldApart(hub, place: 1);

        static void AssertToldApart(NeighborTable table, int place)
        {
            var (itself, other) = (Cast.ProcessAt(table.AddressAt(place)), Cast.ProcessAt(Overlays.Peer(0)));
            Assert.That(table.IsStill(place, itself, StandingOverlay.Epoch), Is.True);
            Assert.That(table.IsStill(place, other, StandingOverlay.Epoch), Is.False);
            Assert.That(table.IsStill(place, itself, StandingOverlay.Epoch + 1), Is.False);
        }
    }

    [Test]
    public void Where_the_host_says_that_a_sender_stands_is_true_until_links_change()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 3), Overlays.Hub);
        // Not true, and so it shows whom the table believes.
        var received = new Envelope(Overlays.Peer(3), Overlays.Peer(0), 1, new Disconnect()) { StandingPlace = 1 };
        Assert.That(hub.PlaceOf(received), Is.EqualTo(1));
        hub.Answer = new Pong(Cast.ProcessAt(Overlays.Peer(0)), 1, hub.Count, hub.Told());
        Assert.That(hub.PlaceOf(received), Is.EqualTo(1), "it knows its neighbors, and links are as they were");

        hub.Remove(hub[0]);

        Assert.That(hub.PlaceOf(received), Is.EqualTo(1), "the third is the second now");
        Assert.That(hub.PlaceOf(received with { From = Overlays.Peer(1) }), Is.EqualTo(-1));
        Assert.That(new NeighborTable().PlaceOf(received), Is.EqualTo(-1), "who did not stand has no such neighbors");
    }

    [Test]
    public void Where_the_host_says_nothing_the_sender_is_looked_for()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 3), Overlays.Hub);

        Assert.That(
            hub.PlaceOf(new Envelope(Overlays.Peer(3), Overlays.Peer(0), 1, new Disconnect())), Is.EqualTo(2));
    }

    [Test]
    public void Of_a_link_that_stood_before_the_younger_end_is_the_one_that_opened_it()
    {
        var overlay = Overlays.Star(leaves: 3);

        Assert.That(new NeighborTable(overlay, Overlays.Hub).OpenedHere(9), Is.Empty);
        Assert.That(new NeighborTable(overlay, Overlays.Hub + 2).OpenedHere(9), Is.EqualTo(new[] { Overlays.Peer(0) }));
    }

    [Test]
    public void What_is_answered_to_pings_is_kept_until_links_change()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 12), Overlays.Hub);
        Assert.That(hub.Answer, Is.Null);
        var pong = new Pong(Cast.ProcessAt(Overlays.Peer(0)), 1, hub.Count, hub.Told());
        hub.Answer = pong;
        Assert.That(hub.Answer, Is.SameAs(pong));

        hub.Remove(hub[0]);

        Assert.That(hub.Answer, Is.Null);
        Assert.That(hub.Told(), Is.EqualTo(Enumerable.Range(2, 8).Select(Overlays.Peer)));
    }

    [Test]
    public void How_neighbors_fare_moves_with_them_when_links_change()
    {
        var hub = new NeighborTable(Overlays.Star(leaves: 3), Overlays.Hub);
        Assert.That(hub.Vitals[2].LastHeard, Is.LessThan(Instant.Zero), "before the run");
        hub.Vitals[2].Misses = 2;

        hub.Remove(hub[1]);
        hub.Add(new Neighbor(Overlays.Peer(9), Cast.ProcessAt(Overlays.Peer(9)), 1, 1, true), new Vitals(new(5)));

        Assert.That(hub.Vitals.Length, Is.EqualTo(3));
        Assert.That(hub.Vitals[1].Misses, Is.EqualTo(2));
        Assert.That(hub.Vitals[2].Misses, Is.Zero);
        Assert.That(hub.Vitals[2].LastHeard, Is.EqualTo(new Instant(5)));
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
                table.Add(
                    new Neighbor(address, Cast.ProcessAt(address), 1, change, isOpenedHere: change % 2 == 0),
                    new Vitals(new Instant(change)));
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
