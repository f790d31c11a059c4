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

    /// <summary>Which of three origins sends its next message.</summary>
    private static readonly Arbitrary<int[]> anySenders = Gen.ArrayOf(
        Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2))), 300).ToArbitrary();

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

        return list.Digest == model.Digest && IsWithin(list.Entries, model)
            && list.Marks().SequenceEqual(model.Marks());
    }).Check(replayed);

    [Test]
    public void The_latest_texts_are_held_and_each_is_found_from_its_origins_window() =>
        Prop.ForAll(anySenders, senders =>
        {
            const int Limit = 128;
            var store = new TextStore(Limit, bytesLimit: long.MaxValue);
            var windows = Enumerable.Range(0, 3).Select(origin => new OriginWindow(Cast.Peer(origin), 1)).ToArray();
            var all = new List<Gossip>();
            foreach (var sender in senders)
            {
                ref var window = ref windows[sender];
                all.Add(Message(new GossipKey(window.Origin, 1, window.High + 1), "text"));
                window.Mark(window.High + 1);
                window.LatestText = store.Add(all[^1], window.LatestText);
                if (store.Count != Math.Min(all.Count, Limit)) return false;
            }

            var held = all.TakeLast(Limit).ToDictionary(gossip => gossip.Key);
            for (var origin = 0; origin < windows.Length; origin++)
            {
                ref var window = ref windows[origin];
                var bits = 0UL;
                for (var number = 1; number <= window.High; number++)
                {
                    var known = held.GetValueOrDefault(new GossipKey(window.Origin, 1, number));
                    if (window.IsBelow(number)) known = null;
                    if (!ReferenceEquals(store.Find(ref window, number), known)) return false;
                    if (known is not null) bits |= 1UL << (window.High - number);
                }

                if (store.HeldOf(ref window) != bits) return false;
            }

            return true;
        }).Check(replayed.WithMaxTest(100));

    /// <summary>As few as are only looked through, and a few more.</summary>
    private static readonly Arbitrary<(GossipKey Key, bool IsMissed)[]> anyFew = AnyReceipts(
        origins: 3, Gen.Frequency((6, Gen.Choose(1, 9)), (1, Gen.Choose(60, 75))), usual: 15, many: 24);

    /// <summary>
    /// More than are only looked through, mostly until the index grew; a few with a number that needs windows.
    /// </summary>
    private static readonly Arbitrary<(GossipKey Key, bool IsMissed)[]> anyMany = AnyReceipts(
        origins: 20, Gen.Frequency((200, Gen.Choose(1, 64)), (1, Gen.Choose(65, 130))), usual: 250, many: 250);

    [Test]
    public void While_they_are_few_messages_are_judged_as_by_dictionaries() =>
        Prop.ForAll(anyFew, AreJudgedAsByDictionaries).Check(replayed);

    [Test]
    public void While_none_can_be_old_messages_are_judged_as_by_dictionaries() =>
        Prop.ForAll(anyMany, AreJudgedAsByDictionaries).Check(replayed.WithMaxTest(100));

    private static Arbitrary<(GossipKey Key, bool IsMissed)[]> AnyReceipts(
        int origins, Gen<int> numbers, int usual, int many) => Gen.ArrayOf(
        from origin in Gen.Choose(0, origins)
        from number in numbers
        from epoch in Gen.Frequency((9, Gen.Constant(1)), (1, Gen.Constant(2)))
        from isMissed in Gen.Frequency((usual, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (new GossipKey(Cast.Peer(origin), epoch, number), isMissed), many).ToArbitrary();

    private static bool AreJudgedAsByDictionaries((GossipKey Key, bool IsMissed)[] receipts)
    {
        var list = new MessageList();
        var model = new PlainMessageList();
        foreach (var (key, isMissed) in receipts)
        {
            var number = key.Number;
            if (isMissed && list.MarkMissed(key) != model.MarkMissed(key)) return false;
            var gossip = model.Text(key) is { } same && number % 2 == 0
                ? same
                : Message(key, model.Text(key) is not null && number % 3 == 0 ? "another" : "text");
            // A hint changes nothing, whatever it is about.
            list.BringNear();
            list.BringListsNear(gossip);
            if (list.Receive(gossip) != model.Receive(gossip)) return false;
            if (list.Digest != model.Digest || !IsWithin(list.Entries, model)) return false;
            if (!list.Marks().SequenceEqual(model.Marks())) return false;
            foreach (var other in new[] { key, key with { Number = number - 64 }, key with { Number = number - 1 } })
            {
                if (list.HasSeen(other) != model.HasSeen(other)) return false;
                if (!ReferenceEquals(list.Text(other), model.Text(other))) return false;
            }
        }

        return true;
    }

    [Test]
    public void Beyond_the_limit_no_further_origin_is_heard()
    {
        var list = new MessageList();
        for (var origin = 0; origin < MessageList.OriginLimit; origin++)
            Assert.That(list.Receive(Message(KeyOf((uint)origin), "text")), Is.EqualTo(Receipt.First));

        Assert.That(list.Receive(Message(KeyOf(MessageList.OriginLimit), "text")), Is.EqualTo(Receipt.Full));
        Assert.That(list.Receive(Message(KeyOf(5), "text")), Is.EqualTo(Receipt.Again), "its text is long gone");
        Assert.That(list.Receive(Message(KeyOf(5) with { Number = 2 }, "text")), Is.EqualTo(Receipt.First));
        Assert.That(list.Marks(), Has.Length.EqualTo(MessageList.OriginLimit));
    }

    /// <summary>Windows are there only when they are needed.</summary>
    private static bool IsWithin(int entries, PlainMessageList model) =>
        entries >= model.Texts && entries <= model.Texts + model.Origins;

    private static GossipKey KeyOf(uint origin) => new(new NodeAddress(0x0A000000 + origin, 7000), 1, 1);

    private static Gossip Message(GossipKey key, string text) =>
        new($"1.000:{key.Origin}:{key.Number}", key.Origin, key.Epoch, key.Number, text);
}
