using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The Message List against a naive set of everything ever seen.</summary>
[TestFixture]
internal sealed class MessageListTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    /// <summary>Numbers that dwell near each other and now and then leap, over both ends of the window.</summary>
    private static readonly Arbitrary<(int Origin, int Number)[]> anyReceipts = Gen.ArrayOf(
        from origin in Gen.Choose(0, 2)
        from number in Gen.Frequency((8, Gen.Choose(1, 90)), (1, Gen.Choose(100, 400)))
        select (origin, number), 120).ToArbitrary();

    [Test]
    public void Every_message_is_first_once_and_never_again() => Prop.ForAll(anyReceipts, receipts =>
    {
        var list = new MessageList();
        var seen = new HashSet<(int, int)>();
        var highest = new int[3];
        foreach (var (origin, number) in receipts)
        {
            var receipt = list.Receive(Message(origin, number));
            var isOld = highest[origin] - number >= OriginWindow.Width;
            var expected = isOld ? Receipt.Old : seen.Add((origin, number)) ? Receipt.First : Receipt.Again;
            if (receipt != expected) return false;
            highest[origin] = Math.Max(highest[origin], number);
        }

        return list.Digest.Count == seen.Count;
    }).Check(replayed);

    [Test]
    public void Its_entries_are_its_messages_from_none_to_many()
    {
        var list = new MessageList();
        for (var number = 1; number <= OriginWindow.Width; number++)
        {
            Assert.That(list.Entries, Is.EqualTo(number - 1));
            list.Receive(Message(0, number));
        }
    }

    [Test]
    public void Marks_say_what_was_seen_within_the_window_and_what_is_held() => Prop.ForAll(anyReceipts, receipts =>
    {
        var list = new MessageList();
        var seen = new HashSet<(NodeAddress, int)>();
        foreach (var (origin, number) in receipts)
            if (list.Receive(Message(origin, number)) == Receipt.First) seen.Add((Cast.Peer(origin), number));

        return list.Marks().All(marks => Enumerable.Range(0, OriginWindow.Width).All(age =>
        {
            var number = marks.High - age;
            var isSeen = (marks.Seen >> age & 1) == 1;
            var isHeld = (marks.Held >> age & 1) == 1;
            var isThere = list.Text(new GossipKey(marks.Origin, 1, number)) is not null;
            return number < 1
                ? !isSeen && !isHeld
                : isSeen == seen.Contains((marks.Origin, number)) && isHeld == isThere && isHeld == isSeen;
        }));
    }).Check(replayed);

    [Test]
    public void Those_who_saw_the_same_have_equal_digests_whatever_the_order() => Prop.ForAll(anyReceipts, receipts =>
    {
        // Within one window no order makes anything old.
        var near = receipts
            .Select(receipt => (receipt.Origin, Number: 1 + (receipt.Number % OriginWindow.Width))).ToArray();
        var (straight, backwards) = (new MessageList(), new MessageList());
        foreach (var (origin, number) in near) straight.Receive(Message(origin, number));
        foreach (var (origin, number) in near.Reverse()) backwards.Receive(Message(origin, number));
        return straight.Digest == backwards.Digest;
    }).Check(replayed);

    [Test]
    public void One_message_more_makes_another_digest()
    {
        var list = new MessageList();
        var digests = new HashSet<GossipDigest> { list.Digest };
        for (var number = 1; number <= 60; number++)
        {
            list.Receive(Message(0, number));
            Assert.That(digests.Add(list.Digest), Is.True);
        }
    }

    [Test]
    public void Only_the_latest_texts_are_kept()
    {
        var list = new MessageList();
        for (var origin = 0; origin < MessageList.TextLimit + 10; origin++) list.Receive(Message(origin, 1));

        Assert.That(list.Marks().Count(marks => marks.Held != 0), Is.EqualTo(MessageList.TextLimit));
        Assert.That(list.Text(new GossipKey(Cast.Peer(0), 1, 1)), Is.Null);
        Assert.That(list.HasSeen(new GossipKey(Cast.Peer(0), 1, 1)), Is.True, "seen all the same");
        Assert.That(list.Text(new GossipKey(Cast.Peer(MessageList.TextLimit + 9), 1, 1)), Is.Not.Null);
    }

    [Test]
    public void As_many_texts_as_there_is_room_for_are_all_found()
    {
        var list = new MessageList();
        var messages = Enumerable.Range(0, MessageList.TextLimit).Select(origin => Message(origin, 1)).ToArray();

        foreach (var message in messages) Assert.That(list.Receive(message), Is.EqualTo(Receipt.First));

        foreach (var message in messages) Assert.That(list.Text(message.Key), Is.SameAs(message));
        Assert.That(list.Marks().Select(marks => marks.Origin), Is.EqualTo(messages.Select(message => message.Origin)));
    }

    /// <summary>An index tells apart by some bits what only whole keys tell apart for certain.</summary>
    [Test]
    public void Messages_that_an_index_cannot_tell_apart_are_two()
    {
        const int Slots = 64;
        var list = new MessageList();
        var known = new HashSet<ulong>();
        for (var origin = 0U; origin < Slots / 2; origin++)
        {
            list.Receive(MessageOf(KeyOf(origin)));
            known.Add(EntryOf(KeyOf(origin)));
        }

        var other = Slots / 2U;
        while (!known.Contains(EntryOf(KeyOf(other)))) other++;

        Assert.That(list.HasSeen(KeyOf(other)), Is.False);
        Assert.That(list.Receive(MessageOf(KeyOf(other))), Is.EqualTo(Receipt.First));
        Assert.That(list.Receive(MessageOf(KeyOf(other))), Is.EqualTo(Receipt.Again));

        static GossipKey KeyOf(uint origin) => new(new NodeAddress(0x0A000000 + origin, 7000), 1, 1);

        static Gossip MessageOf(GossipKey key) =>
            new($"1.000:{key.Origin}:1", key.Origin, key.Epoch, key.Number, "text");

        static ulong EntryOf(GossipKey key) =>
            ((key.Fingerprint() >> 32) % (1 << 16) / Slots * Slots) | (key.Fingerprint() % Slots);
    }

    /// <summary>The longest texts are forgotten before their number is at its limit.</summary>
    [Test]
    public void Texts_take_no_more_than_their_bytes()
    {
        var list = new MessageList();
        var text = new string('x', 100_000);
        for (var origin = 0; origin < 60; origin++)
        {
            var gossip = new Gossip($"1.000:{origin}", Cast.Peer(origin), 1, 1, text);
            Assert.That(list.Receive(gossip), Is.EqualTo(Receipt.First));
            Assert.That(list.Receive(gossip), Is.EqualTo(Receipt.Again));
            var held = list.Marks().Count(marks => marks.Held != 0);
            Assert.That(2L * text.Length * held, Is.LessThanOrEqualTo(MessageList.TextBytesLimit));
        }

        Assert.That(list.Digest.Count, Is.EqualTo(60), "seen all the same");
        Assert.That(list.Marks(), Has.Length.EqualTo(60));
        for (var origin = 0; origin < 60; origin++)
            Assert.That(list.Text(new GossipKey(Cast.Peer(origin), 1, 1)) is not null, Is.EqualTo(origin >= 40));
    }

    [TestCase(3)]
    [TestCase(30)]
    public void The_very_same_object_is_old_once_its_origins_window_has_passed_it(int heard)
    {
        var list = new MessageList();
        var messages = Enumerable.Range(1, heard).Select(number => Message(0, number)).ToArray();
        foreach (var message in messages) Assert.That(list.Receive(message), Is.EqualTo(Receipt.First));
        foreach (var message in messages) Assert.That(list.Receive(message), Is.EqualTo(Receipt.Again));

        list.Receive(Message(0, heard - 1 + OriginWindow.Width));

        foreach (var message in messages[..^1]) Assert.That(list.Receive(message), Is.EqualTo(Receipt.Old));
        Assert.That(list.Receive(messages[^1]), Is.EqualTo(Receipt.Again), "the window's last");
    }

    [Test]
    public void What_was_given_up_counts_as_seen()
    {
        var list = new MessageList();
        list.Receive(Message(0, 5));
        list.MarkMissed(new GossipKey(Cast.Peer(0), 1, 4));

        Assert.That(list.Receive(Message(0, 4)), Is.EqualTo(Receipt.Again));
    }

    private static Gossip Message(int origin, int number) =>
        new($"1.000:{Cast.Peer(origin)}:{number}", Cast.Peer(origin), 1, number, "text");
}
