using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Gossip"; SOURCES A5, A6, D1, D4, N2, W25 to W29.</summary>
[TestFixture]
internal sealed class GossipTests
{
    private static readonly NodeAddress A = Cast.Peer(1);
    private static readonly NodeAddress B = Cast.Peer(2);
    private static readonly NodeAddress C = Cast.Peer(3);
    private static readonly NodeAddress Origin = Cast.Peer(20);
    private readonly PeerStage stage = PeerStage.Joined(A, B, C);

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_peer_passes_a_rumor_on_to_all_neighbors_but_the_sender_one_hop_farther()
    {
        var rumor = stage.Rumor(Origin, 1);

        Host.Hears(A, rumor, hops: 4);

        var forwarded = Host.Sent.Where(sending => sending.Message is Gossip).ToArray();
        Assert.That(forwarded.Select(sending => sending.To), Is.EquivalentTo(new[] { B, C }));
        Assert.That(forwarded.Select(sending => sending.Hops), Is.EqualTo(new[] { 5, 5 }));
        Assert.That(forwarded[0].Message, Is.SameAs(rumor), "one object shared by all recipients");
    }

    [Test]
    public void A_peer_forwards_a_rumor_only_once()
    {
        Host.Hears(A, stage.Rumor(Origin, 1));
        Host.TurnsPage();

        Host.Hears(B, stage.Rumor(Origin, 1));
        Host.Hears(A, stage.Rumor(Origin, 1));

        Assert.That(Host.All<Gossip>(), Is.Empty);
        Assert.That(Host.Reported(EventKind.GossipDelivered), Is.Empty);
        Assert.That(Host.Reported(EventKind.GossipDuplicate), Has.Length.EqualTo(2));
    }

    [Test]
    public void What_a_stranger_sends_is_refused_though_it_came_before()
    {
        var rumor = stage.Rumor(Origin, 1);
        Host.Hears(A, rumor);
        Host.TurnsPage();

        Host.Hears(Origin, rumor);

        Assert.That(Host.Reported(EventKind.GossipRefused), Has.Length.EqualTo(1));
        Assert.That(Host.Reported(EventKind.GossipDuplicate), Is.Empty);
    }

    [Test]
    public void As_one_document_has_it_the_sender_may_get_it_back()
    {
        var chatty = PeerStage.Joined(new PeerOptions { SeedNodes = [], ForwardTo = ForwardTo.AllNeighbors }, [A, B]);

        chatty.Host.Hears(A, chatty.Rumor(Origin, 1));

        Assert.That(chatty.Host.RecipientsOf<Gossip>(), Is.EquivalentTo(new[] { A, B }));
    }

    [Test]
    public void An_own_message_goes_to_all_neighbors_and_is_not_delivered_when_it_comes_back()
    {
        Host.Fires(TimerKind.StartPublishing);
        Assert.That(Host.RecipientsOf<Gossip>(), Is.EquivalentTo(new[] { A, B, C }));
        var own = Host.All<Gossip>()[0];
        Host.TurnsPage();

        Host.Hears(A, own);

        Assert.That(Host.Reported(EventKind.GossipDelivered), Is.Empty);
        Assert.That(Host.All<Gossip>(), Is.Empty);
    }

    [Test]
    public void What_its_host_has_it_say_is_published_also_beyond_the_limit_and_what_others_have_it_say_is_not()
    {
        Host.Fires(TimerKind.StartPublishing);
        stage.WaitsWhile(80, A, B, C);
        Host.TurnsPage();

        Host.Hears(A, new Publish("not mine"));
        Assert.That(Host.All<Gossip>(), Is.Empty);
        Host.Hears(stage.Self, new Publish("by hand"));

        Assert.That(Host.RecipientsOf<Gossip>(), Is.EquivalentTo(new[] { A, B, C }));
        Assert.That(Host.All<Gossip>()[0].Text, Is.EqualTo("by hand"));
        Assert.That(Host.All<Gossip>()[0].Number, Is.EqualTo(11));
        stage.WaitsWhile(30, A, B, C);
        Assert.That(Host.Reported(EventKind.GossipPublished), Has.Length.EqualTo(1), "the limit still holds");
    }

    [Test]
    public void One_message_each_interval_and_ten_in_all_each_with_an_id_of_its_own()
    {
        Host.Fires(TimerKind.StartPublishing);
        stage.WaitsWhile(80, A, B, C);

        var published = Host.Reported(EventKind.GossipPublished);
        var ids = published.Select(happened => ((Gossip)happened.Detail!).Id).ToArray();
        Assert.That(ids, Has.Length.EqualTo(10).And.Unique);
        var times = Host.Sent.Where(sending => sending.Message is Gossip && sending.To == A)
            .Select(sending => sending.At).ToArray();
        for (var index = 1; index < times.Length; index++)
            Assert.That(times[index] - times[index - 1], Is.EqualTo(stage.Options.GossipInterval));
    }

    [Test]
    public void An_id_reads_timestamp_ip_port_number()
    {
        Assert.That(IdIn(MessageIdFormat.WithPort), Is.EqualTo($"1708776009.000:{stage.Self}:1"));
    }

    [Test]
    public void The_short_id_of_two_documents_can_be_chosen()
    {
        Assert.That(IdIn(MessageIdFormat.WithoutPort), Is.EqualTo("1708776009.000:127.0.0.1:1"));
    }

    [Test]
    public void The_hash_is_made_of_id_and_text_and_never_taken_from_anywhere()
    {
        var rumor = stage.Rumor(Origin, 1, "one");

        Assert.That(rumor.Hash, Is.EqualTo(ContentHash.Of(rumor.Id, "one")));
        Assert.That(stage.Rumor(Origin, 1, "two").Hash, Is.Not.EqualTo(rumor.Hash));
    }


    [Test]
    public void Another_text_under_a_known_id_is_refused_and_not_passed_on()
    {
        Host.Hears(A, stage.Rumor(Origin, 1, "one"));
        Host.TurnsPage();

        Host.Hears(B, stage.Rumor(Origin, 1, "two"));

        Assert.That(Host.All<Gossip>(), Is.Empty);
        Assert.That(Host.Reported(EventKind.GossipRefused), Has.Length.EqualTo(1));
    }

    [Test]
    public void What_is_below_the_window_is_old_and_never_flooded_again()
    {
        var talkative = PeerStage.Joined(new PeerOptions { SeedNodes = [], MaxMessagesPerPeer = 1_000 }, [A, B, C]);
        talkative.Host.Hears(A, stage.Rumor(Origin, 500));
        talkative.Host.TurnsPage();

        talkative.Host.Hears(A, stage.Rumor(Origin, 500 - OriginWindow.Width));
        Assert.That(talkative.Host.All<Gossip>(), Is.Empty);

        talkative.Host.Hears(A, stage.Rumor(Origin, 500 - OriginWindow.Width + 1));
        Assert.That(talkative.Host.All<Gossip>(), Has.Length.EqualTo(2), "within the window it is only late");
    }

    [Test]
    public void Numbers_that_no_origin_uses_do_no_harm()
    {
        foreach (var number in new[] { 0, -1, int.MinValue, int.MaxValue, 1 })
            Assert.That(() => Host.Hears(A, stage.Rumor(Origin, number)), Throws.Nothing, $"number {number}");
    }

    [Test]
    public void What_no_origin_may_send_is_refused()
    {
        Host.Hears(A, stage.Rumor(Origin, stage.Options.MaxMessagesPerPeer + 1));
        var refusal = (GossipRefusal)Host.Reported(EventKind.GossipRefused).Single().Detail!;
        Assert.That(refusal.Reason, Is.EqualTo("Forged"));
        Host.TurnsPage();

        Host.Hears(A, stage.Rumor(Origin, stage.Options.MaxMessagesPerPeer));
        Host.Hears(A, stage.Rumor(Origin, 1));
        Assert.That(
            Host.Reported(EventKind.GossipDelivered), Has.Length.EqualTo(2), "a high number silences nobody");
    }

    [Test]
    public void Wants_and_offers_of_numbers_that_no_origin_uses_do_no_harm()
    {
        foreach (var number in new[] { 0, -1, int.MinValue, int.MaxValue })
        {
            var want = new IWant([new GossipKey(Origin, 1, number)]);
            Assert.That(() => Host.Hears(A, want), Throws.Nothing, $"want {number}");
            var marks = new OriginMarks(Origin, 1, number, Seen: ulong.MaxValue, Held: ulong.MaxValue);
            Assert.That(() => Host.Hears(A, new IHave([marks])), Throws.Nothing, $"offer {number}");
            Assert.That(() => stage.WaitsWhile(5, A, B, C), Throws.Nothing, $"afterwards {number}");
        }
    }

    [Test]
    public void A_later_membership_of_the_origin_counts_from_one_again()
    {
        Host.Hears(A, stage.Rumor(Origin, 10));
        Host.TurnsPage();

        Host.Hears(A, new Gossip("1.000:again:1", Origin, 2, 1, "text"));

        Assert.That(Host.RecipientsOf<Gossip>(), Is.EquivalentTo(new[] { B, C }));
    }

    [Test]
    public void The_message_list_is_bounded_in_origins_and_texts()
    {
        var list = new MessageList();
        for (var index = 0; index < MessageList.OriginLimit + 100; index++)
        {
            var origin = new NodeAddress(0x0A000000u + (uint)index, 7000);
            list.Receive(new Gossip("id", origin, 1, 1, "text"));
        }

        Assert.That(list.Marks(), Has.Length.EqualTo(MessageList.OriginLimit));
        Assert.That(list.Entries, Is.EqualTo(MessageList.OriginLimit + MessageList.TextLimit));
    }

    [Test]
    public void A_new_link_exchanges_what_is_known()
    {
        Host.Hears(A, stage.Rumor(Origin, 3));
        Host.TurnsPage();

        stage.IsAskedBy(Cast.Peer(60));

        var marks = Host.SentTo<IHave>(Cast.Peer(60)).Single().Origins.Single();
        Assert.That(marks, Is.EqualTo(new OriginMarks(Origin, 1, High: 3, Seen: 1, Held: 1)));
    }

    [Test]
    public void A_ping_with_another_digest_is_answered_with_what_is_known_and_an_equal_one_is_not()
    {
        Host.Hears(A, stage.Rumor(Origin, 1));
        Host.TurnsPage();

        Host.Hears(B, new Ping(new GossipDigest(0, 0)));
        Assert.That(Host.SentTo<IHave>(B), Has.Length.EqualTo(1));

        var list = new MessageList();
        list.Receive(stage.Rumor(Origin, 1));
        Host.Hears(C, new Ping(list.Digest));
        Assert.That(Host.SentTo<IHave>(C), Is.Empty);
    }

    [Test]
    public void What_is_missing_is_wanted_and_arrives_marked_as_recovered()
    {
        Host.Hears(A, new IHave([new OriginMarks(Origin, 1, High: 2, Seen: 3, Held: 3)]));
        Assert.That(Host.SentTo<IWant>(A).Single().Keys,
            Is.EquivalentTo(new[] { new GossipKey(Origin, 1, 1), new GossipKey(Origin, 1, 2) }));

        Host.Hears(A, stage.Rumor(Origin, 1) with { Recovered = true });
        var delivered = (Gossip)Host.Reported(EventKind.GossipDelivered).Single().Detail!;
        Assert.That(delivered.Recovered, Is.True);
    }

    [Test]
    public void Who_has_a_wanted_text_sends_it_marked_as_recovered()
    {
        Host.Hears(A, stage.Rumor(Origin, 1));
        Host.TurnsPage();

        Host.Hears(B, new IWant([new GossipKey(Origin, 1, 1), new GossipKey(Origin, 1, 9)]));

        Assert.That(Host.SentTo<Gossip>(B).Single(), Is.EqualTo(stage.Rumor(Origin, 1) with { Recovered = true }));
    }

    [Test]
    public void What_one_holder_does_not_send_is_wanted_from_the_next_after_a_timeout()
    {
        var have = new IHave([new OriginMarks(Origin, 1, High: 1, Seen: 1, Held: 1)]);
        Host.Hears(A, have);
        Host.Hears(B, have);
        Assert.That(Host.RecipientsOf<IWant>(), Is.EqualTo(new[] { A }), "one holder at a time");

        stage.WaitsWhile(stage.Options.AnswerTimeout.TotalSeconds + 0.1, A, B, C);

        Assert.That(Host.RecipientsOf<IWant>(), Is.EqualTo(new[] { A, B }));
    }

    [Test]
    public void What_came_is_wanted_from_nobody_else()
    {
        var have = new IHave([new OriginMarks(Origin, 1, High: 2, Seen: 0b11, Held: 0b11)]);
        Host.Hears(A, have);
        Host.Hears(B, have);

        Host.Hears(A, stage.Rumor(Origin, 2) with { Recovered = true });
        stage.WaitsWhile(stage.Options.AnswerTimeout.TotalSeconds + 0.1, A, B, C);

        Assert.That(Host.SentTo<IWant>(B).Single().Keys, Is.EqualTo(new[] { new GossipKey(Origin, 1, 1) }));
    }

    [Test]
    public void What_nobody_holds_any_more_is_given_up()
    {
        Host.Hears(A, stage.Rumor(Origin, 2));
        Host.Hears(A, new IHave([new OriginMarks(Origin, 1, High: 2, Seen: 0b11, Held: 0b01)]));

        Assert.That(Host.All<IWant>(), Is.Empty);
        stage.WaitsWhile(2, A, B, C);
        Assert.That(Host.SentTo<Ping>(A)[^1].Digest!.Value.Count, Is.EqualTo(2), "so that the digests agree");
    }

    [Test]
    public void On_a_neighbors_word_alone_nothing_that_is_still_to_come_counts_as_seen()
    {
        Host.Hears(A, new IHave([new OriginMarks(Origin, 1, High: 50, Seen: ulong.MaxValue, Held: 0)]));
        Host.TurnsPage();

        Host.Hears(B, stage.Rumor(Origin, 1));

        Assert.That(Host.Reported(EventKind.GossipDelivered), Has.Length.EqualTo(1));
    }

    [Test]
    public void Who_is_no_neighbor_cannot_speak_for_an_origin()
    {
        Host.Hears(Cast.Peer(77), stage.Rumor(Origin, 5));

        Assert.That(Host.Reported(EventKind.GossipRefused), Has.Length.EqualTo(1));
        Assert.That(Host.All<Gossip>(), Is.Empty);
    }

    [Test]
    public void Strangers_neither_offer_nor_want()
    {
        Host.Hears(Cast.Peer(90), new IHave([new OriginMarks(Origin, 1, 1, 1, 1)]));
        Host.Hears(Cast.Peer(90), new IWant([new GossipKey(Origin, 1, 1)]));

        Assert.That(Host.Sent, Is.Empty);
    }

    private string IdIn(MessageIdFormat format)
    {
        var options = new PeerOptions { SeedNodes = [], MessageIdFormat = format, EpochUnixSeconds = 1708776008 };
        var publishing = PeerStage.Joined(options, [A]);
        publishing.Host.Fires(TimerKind.StartPublishing);
        return publishing.Host.All<Gossip>()[0].Id;
    }
}
