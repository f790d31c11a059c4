using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>24 bytes, and nothing of what they say is lost.</summary>
[TestFixture]
internal sealed class QueuedEventTests
{
    [Test]
    public void It_has_24_bytes() =>
        Assert.That(System.Runtime.CompilerServices.Unsafe.SizeOf<QueuedEvent>(), Is.EqualTo(24));

    [Test]
    public void A_message_keeps_its_sender_connection_and_hops(
        [Values(0, 7, 9_999_999)] int sender, [Values(true, false)] bool dialedBySender)
    {
        const int target = 4_242;
        var connection = ((long)(dialedBySender ? sender : target) << 32) | 77;

        const long time = 123_456_789_012;
        var queued = new QueuedEvent(time, target, sender, parcel: uint.MaxValue, connection, hops: 5_000_000);

        Assert.That(queued.Kind, Is.EqualTo(SimulatedEventKind.Message));
        Assert.That(queued.FullConnection, Is.EqualTo(connection));
        Assert.That((queued.Target, queued.Sender, queued.Content, queued.Number),
            Is.EqualTo((target, sender, uint.MaxValue, 5_000_000)));
        Assert.That(queued.Time, Is.EqualTo(unchecked((uint)time)));
    }

    [TestCase(3, 8)]
    [TestCase(8, 3)]
    [TestCase(0, 9_999_999)]
    public void A_message_over_a_link_that_stood_has_the_name_that_both_ends_know(int sender, int target)
    {
        var link = new StandingLink(target, Length: 12_000, PlaceThere: 41);
        var queued = QueuedEvent.OnStandingLinks(sender, parcel: 6, hops: 2).Over(link, time: (1L << 32) + 10);

        Assert.That(queued.IsOnStandingLink, Is.True);
        Assert.That(queued.FullConnection, Is.EqualTo(LinkTable.NameOfStanding(sender, target)));
        Assert.That((queued.Target, queued.Sender, queued.Content, queued.Number), Is.EqualTo((target, sender, 6U, 2)));
        Assert.That((queued.Time, queued.Kind), Is.EqualTo((10U, SimulatedEventKind.Message)));
        var other = new QueuedEvent(10, target, sender, 6, 77L, hops: 2);
        Assert.That((other.IsOnStandingLink, other.PlaceHere), Is.EqualTo((false, Recipients.NoPlace)));
    }

    [TestCase(Recipients.NoPlace)]
    [TestCase(0)]
    [TestCase(100_000_000)]
    public void A_message_over_a_link_that_stood_knows_the_senders_place_if_its_sender_did(int place)
    {
        var link = new StandingLink(8, Length: 12_000, place);
        var queued = QueuedEvent.OnStandingLinks(3, parcel: 6, hops: 2).Over(link, time: 10);

        Assert.That((queued.PlaceHere, queued.With(parcel: 9).PlaceHere), Is.EqualTo((place, place)));
        Assert.That(queued.IsOnStandingLink, Is.True);
    }

    [Test]
    public void What_came_over_a_link_that_stood_can_wait_in_full()
    {
        var full = new SimulatedEvent
        {
            Time = 10, Target = 8, Sender = 3, Kind = SimulatedEventKind.LinkDown,
            Connection = LinkTable.NameOfStanding(8, 3),
        };

        var queued = new QueuedEvent(full, about: 3, content: 0);

        Assert.That(queued.FullConnection, Is.EqualTo(full.Connection));
        Assert.That(queued.PlaceHere, Is.EqualTo(Recipients.NoPlace));
    }

    [Test]
    public void The_same_event_can_speak_of_another_object()
    {
        var queued = new QueuedEvent(10, target: 5, sender: 3, parcel: 6, connection: 77, hops: 2);

        Assert.That(queued.With(parcel: 9), Is.EqualTo(new QueuedEvent(10, 5, 3, parcel: 9, 77L, hops: 2)));
    }

    [Test]
    public void A_timer_keeps_its_kind_round_and_process(
        [Values] TimerKind kind, [Values(0, -1, long.MaxValue)] long round)
    {
        var full = new SimulatedEvent
        {
            Time = 5, Target = 3, Kind = SimulatedEventKind.Timer, Number = 12, Timer = new(kind, Cast.Peer(1), round),
        };

        var queued = new QueuedEvent(full, about: 9, content: unchecked((uint)round));

        Assert.That((queued.TimerKind, queued.Round, queued.Number, queued.Sender), Is.EqualTo((kind, round, 12, 9)));
    }

    [Test]
    public void Every_kind_fits([Values] SimulatedEventKind kind)
    {
        var queued = new QueuedEvent(new SimulatedEvent { Kind = kind, Number = 8_000_000 }, about: 0, content: 0);

        Assert.That((queued.Kind, queued.Number), Is.EqualTo((kind, 8_000_000)));
    }

    [Test]
    public void What_does_not_fit_is_refused() => Assert.Throws<InvalidOperationException>(() =>
        _ = new QueuedEvent(0, 1, 2, 0, 0, hops: 1 << 23));

    [Test]
    public void The_world_comes_before_all_nodes_and_a_node_itself_in_its_place()
    {
        var message = new QueuedEvent(10, target: 5, sender: 3, parcel: 0, connection: 0, hops: 1);
        var later = new QueuedEvent(10, target: 5, sender: 8, parcel: 0, connection: 0, hops: 1);
        var own = Of(SimulatedEventKind.Timer);
        var world = Of(SimulatedEventKind.Injected);

        ulong[] order = [world.Order, message.Order, own.Order, later.Order];

        Assert.That(order, Is.Ordered.Ascending);

        static QueuedEvent Of(SimulatedEventKind kind) =>
            new(new SimulatedEvent { Time = 10, Target = 5, Kind = kind }, QueuedEvent.NoOne, 0);
    }
}
