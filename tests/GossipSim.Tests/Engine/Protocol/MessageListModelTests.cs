using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The Message List and its parts against dictionaries that do the same the plain way.</summary>
[TestFixture]
internal sealed class MessageListModelTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    private enum Deed : byte
    {
        Receive,
        ReceiveTheSameObject,
        ReceiveAnotherText,
        GiveUp,
    }

    /// <summary>
    /// Enough origins for the index to be made and grown, in two memberships each, with numbers over the window's ends.
    /// </summary>
    private static readonly Arbitrary<(Deed Deed, GossipKey Key)[]> anyDeeds = Gen.ArrayOf(
        from deed in Gen.Frequency(
            (6, Gen.Constant(Deed.Receive)), (3, Gen.Constant(Deed.ReceiveTheSameObject)),
            (1, Gen.Constant(Deed.ReceiveAnotherText)), (1, Gen.Constant(Deed.GiveUp)))
        from origin in Gen.Frequency((3, Gen.Choose(0, 2)), (1, Gen.Choose(0, 60)))
        from epoch in Gen.Choose(1, 2)
        from number in Gen.Frequency((8, Gen.Choose(1, 90)), (1, Gen.Choose(100, 400)))
        select (deed, new GossipKey(Cast.Peer(origin), epoch, number)), 400).ToArbitrary();

    /// <summary>Numbers of messages, and whether each is taken out, or kept if it is not there.</summary>
    private static readonly Arbitrary<(bool Out, int Number)[]> anyTexts = Gen.ArrayOf(
        from isOut in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from number in Gen.Choose(1, 150)
        select (isOut, number), 400).ToArbitrary();

    [Test]
    public void Whatever_comes_is_judged_as_by_dictionaries() => Prop.ForAll(anyDeeds, deeds =>
    {
        var list = new MessageList();
        var model = new PlainMessageList();
        foreach (var (deed, key) in deeds)
        {
            if (deed == Deed.GiveUp)
            {
                if (list.MarkMissed(key) != model.MarkMissed(key)) return false;
            }
            else
            {
                var gossip = deed == Deed.ReceiveTheSameObject && model.Text(key) is { } same
                    ? same
                    : Message(key, deed == Deed.ReceiveAnotherText ? "another" : "text");
                if (list.Receive(gossip) != model.Receive(gossip)) return false;
            }

            // Itself, and at either side of the window's lower end.
            foreach (var back in new[] { 0, OriginWindow.Width - 1, OriginWindow.Width })
            {
                var other = key with { Number = key.Number - back };
                if (list.HasSeen(other) != model.HasSeen(other)) return false;
                if (!ReferenceEquals(list.Text(other), model.Text(other))) return false;
            }
        }

        return list.Digest == model.Digest && list.Origins == model.Origins && list.Texts == model.Texts
            && list.Marks().SequenceEqual(model.Marks());
    }).Check(replayed);

    [Test]
    public void The_latest_texts_are_held_and_each_is_found() => Prop.ForAll(anyTexts, changes =>
    {
        const int Limit = 40;
        var store = new TextStore();
        var byAge = new Queue<int>();
        var held = new Dictionary<int, Gossip>();
        foreach (var (isOut, number) in changes)
        {
            if (isOut)
            {
                store.Remove(Key(number));
                held.Remove(number);
            }
            // As in the list, where what was seen once is never kept again.
            else if (!byAge.Contains(number))
            {
                held.Add(number, Message(Key(number), "text"));
                store.Add(held[number], Limit);
                byAge.Enqueue(number);
                if (byAge.Count > Limit) held.Remove(byAge.Dequeue());
            }

            if (store.Count != byAge.Count) return false;
            for (var each = 1; each <= 150; each++)
            {
                var known = held.GetValueOrDefault(each);
                if (!ReferenceEquals(store.Find(Key(each)), known)) return false;
                if (known is not null && !store.Holds(known)) return false;
            }
        }

        return !store.Holds(Message(Key(1), "text"));
    }).Check(replayed.WithMaxTest(100));

    [Test]
    public void Beyond_the_limit_no_further_origin_is_heard()
    {
        var list = new MessageList();
        for (var origin = 0; origin < MessageList.OriginLimit; origin++)
            Assert.That(list.Receive(Message(KeyOf((uint)origin), "text")), Is.EqualTo(Receipt.First));

        Assert.That(list.Receive(Message(KeyOf(MessageList.OriginLimit), "text")), Is.EqualTo(Receipt.Full));
        Assert.That(list.Receive(Message(KeyOf(5), "text")), Is.EqualTo(Receipt.Again), "its text is long gone");
        Assert.That(list.Receive(Message(KeyOf(5) with { Number = 2 }, "text")), Is.EqualTo(Receipt.First));
        Assert.That(list.Origins, Is.EqualTo(MessageList.OriginLimit));
    }

    private static GossipKey Key(int number) => new(Cast.Peer(0), 1, number);

    private static GossipKey KeyOf(uint origin) => new(new NodeAddress(0x0A000000 + origin, 7000), 1, 1);

    private static Gossip Message(GossipKey key, string text) =>
        new($"1.000:{key.Origin}:{key.Number}", key.Origin, key.Epoch, key.Number, text);
}
