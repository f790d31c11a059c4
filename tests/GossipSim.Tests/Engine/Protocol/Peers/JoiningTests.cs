using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5: how a peer becomes a member and builds its part of the overlay.</summary>
[TestFixture]
internal sealed class JoiningTests
{
    private readonly PeerStage stage = new();

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_peer_asks_one_seed_node_for_membership()
    {
        Assert.That(Host.RecipientsOf<Register>(), Has.Length.EqualTo(1));
        Assert.That(Host.All<Register>()[0], Is.EqualTo(new Register(stage.Self, Cast.ProcessAt(stage.Self))));
    }

    [Test]
    public void A_seed_node_that_does_not_answer_is_followed_by_the_next_for_ever()
    {
        Host.Waits(29 * stage.Options.RegisterTimeout);

        var asked = Host.RecipientsOf<Register>();
        Assert.That(asked, Has.Length.EqualTo(30));
        for (var turn = 3; turn < asked.Length; turn++) Assert.That(asked[turn], Is.EqualTo(asked[turn - 3]));
        Assert.That(asked.Take(3), Is.EquivalentTo(stage.Options.SeedNodes));
    }

    [Test]
    public void A_refused_peer_asks_again_after_a_while()
    {
        Host.Hears(stage.AskedSeedNode, new RegisterNack(RefusalReason.NoQuorum, RetryAfterMs: 500));
        Assert.That(Host.All<Register>(), Has.Length.EqualTo(1));

        Host.Waits(1);

        Assert.That(Host.All<Register>(), Has.Length.EqualTo(2));
    }

    [Test]
    public void Membership_is_not_believed_from_a_peer()
    {
        Host.Hears(Cast.Peer(1), new RegisterAck(stage.Self, 1, 1, new Certificate(default, stage.Options.SeedNodes)));

        Assert.That(Host.Reported(EventKind.Registered), Is.Empty);
    }

    [Test]
    public void An_acknowledgement_for_another_address_is_not_for_this_peer()
    {
        Host.Hears(stage.AskedSeedNode, new RegisterAck(Cast.Peer(1), 1, 1, new Certificate(default, [])));

        Assert.That(Host.Reported(EventKind.Registered), Is.Empty);
    }

    [Test]
    public void A_new_member_reads_from_a_majority_before_it_links()
    {
        stage.IsAcknowledged();
        var asked = Host.RecipientsOf<GetPeerList>().Distinct().Count();
        Assert.That(asked, Is.GreaterThanOrEqualTo(stage.Options.QuorumSize));

        stage.Hears(stage.Options.SeedNodes[0], PeerListPurpose.Join, PeerStage.Entry(Cast.Peer(1)));
        stage.Hears(stage.Options.SeedNodes[0], PeerListPurpose.Join, PeerStage.Entry(Cast.Peer(1)));
        Assert.That(Host.All<Connect>(), Is.Empty, "one seed node, even twice, is no majority");

        stage.Hears(stage.Options.SeedNodes[1], PeerListPurpose.Join, PeerStage.Entry(Cast.Peer(2)));
        Assert.That(
            Host.RecipientsOf<Connect>(), Is.EquivalentTo(new[] { Cast.Peer(1), Cast.Peer(2) }), "both lists merged");
    }

    [Test]
    public void A_list_in_pages_counts_when_its_last_page_came()
    {
        stage.IsAcknowledged();
        foreach (var seedNode in stage.Options.SeedNodes)
            Host.Hears(seedNode, new PeerList(PeerListPurpose.Join, 1, 2, 2, [PeerStage.Entry(Cast.Peer(1))]));
        Assert.That(Host.All<Connect>(), Is.Empty);

        foreach (var seedNode in stage.Options.SeedNodes)
            Host.Hears(seedNode, new PeerList(PeerListPurpose.Join, 2, 2, 2, [PeerStage.Entry(Cast.Peer(2))]));
        Assert.That(Host.RecipientsOf<Connect>(), Is.EquivalentTo(new[] { Cast.Peer(1), Cast.Peer(2) }));
    }

    [Test]
    public void A_request_lost_with_its_link_is_sent_again()
    {
        stage.IsAcknowledged();
        var seedNode = Host.RecipientsOf<GetPeerList>()[0];
        Host.TurnsPage();

        Host.LosesLinkTo(seedNode);

        Assert.That(Host.RecipientsOf<GetPeerList>(), Is.EqualTo(new[] { seedNode }));
    }

    [Test]
    public void Without_any_list_the_peer_goes_on_asking()
    {
        stage.IsAcknowledged();
        Host.TurnsPage();

        Host.Waits(10);

        Assert.That(Host.All<GetPeerList>(), Is.Not.Empty);
        Assert.That(Host.All<Connect>(), Is.Empty);
    }

    [Test]
    public void Without_any_list_it_waits_twice_as_long_each_time_up_to_a_refresh_interval()
    {
        stage.IsAcknowledged();
        var asked = new List<int>();
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 8, 10, 10 })
        {
            Host.TurnsPage();
            Host.Waits(seconds);
            asked.Add(Host.All<GetPeerList>().Length / stage.Options.SeedNodes.Length);
        }

        // After 1, 3, 7, 15, 25 and 35 s; looked at after 0.5, 1.5, 3.5, 7.5, 15.5, 25.5 and 35.5 s.
        Assert.That(asked, Is.EqualTo(new[] { 0, 1, 1, 1, 1, 1, 1 }));
    }

    [Test]
    public void It_links_to_m_distinct_older_members()
    {
        stage.IsAcknowledged();
        var older = Enumerable.Range(0, 20).Select(index => PeerStage.Entry(Cast.Peer(index), joinStamp: index + 1));
        var younger = Enumerable.Range(20, 20)
            .Select(index => PeerStage.Entry(Cast.Peer(index), joinStamp: 101 + index, degree: 50));

        stage.ReadsFromAMajority([.. older, .. younger, PeerStage.Entry(stage.Self, PeerStage.BornAt)]);

        var targets = Host.RecipientsOf<Connect>();
        Assert.That(targets, Has.Length.EqualTo(3).And.Unique);
        Assert.That(targets, Is.SubsetOf(Enumerable.Range(0, 20).Select(Cast.Peer)));
    }

    [Test]
    public void Hubs_are_chosen_in_proportion_to_their_degree()
    {
        var hubs = 0;
        for (var run = 0UL; run < 300; run++)
        {
            var options = new PeerOptions { SeedNodes = [], LinksPerJoin = LinkCount.Exactly(1) };
            var joining = new PeerStage(options, randomSeed: run);
            joining.IsAcknowledged();
            joining.ReadsFromAMajority(
                PeerStage.Entry(Cast.Peer(0), degree: 30), PeerStage.Entry(Cast.Peer(1), degree: 10));
            if (joining.Host.RecipientsOf<Connect>()[0] == Cast.Peer(0)) hubs++;
        }

        // Binomial(300, 3/4): mean 225, standard deviation 7.5.
        Assert.That(hubs, Is.InRange(225 - 30, 225 + 30));
    }

    [Test]
    public void The_first_member_has_nobody_to_link_to_and_has_joined()
    {
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(PeerStage.Entry(stage.Self, PeerStage.BornAt));

        Assert.That(Host.Reported(EventKind.Joined), Has.Length.EqualTo(1));
    }

    [Test]
    public void It_has_joined_when_its_links_are_accepted()
    {
        stage.IsAcknowledged();
        stage.ReadsFromAMajority([.. Enumerable.Range(1, 3).Select(index => PeerStage.Entry(Cast.Peer(index)))]);
        stage.IsAcceptedBy(Cast.Peer(1));
        stage.IsAcceptedBy(Cast.Peer(2));
        Assert.That(Host.Reported(EventKind.Joined), Is.Empty);

        stage.IsAcceptedBy(Cast.Peer(3));

        Assert.That(Host.Reported(EventKind.Joined).Single().Number, Is.EqualTo(3));
        Assert.That(Host.RecipientsOf<Refresh>(), Is.EquivalentTo(stage.Options.SeedNodes), "all learn its links");
    }

    [Test]
    public void A_refusal_brings_alternatives_and_a_silent_target_is_replaced()
    {
        stage.IsAcknowledged();
        stage.ReadsFromAMajority([.. Enumerable.Range(1, 4).Select(index => PeerStage.Entry(Cast.Peer(index)))]);
        var targets = Host.RecipientsOf<Connect>();
        Host.TurnsPage();

        Host.Hears(targets[0], new Refuse([PeerStage.Entry(Cast.Peer(9))]));
        Assert.That(Host.RecipientsOf<Connect>(), Has.Length.EqualTo(1));
        Host.Waits(stage.Options.AnswerTimeout);

        Assert.That(Host.RecipientsOf<Connect>(), Does.Contain(Cast.Peer(9)));
        Assert.That(Host.RecipientsOf<Connect>(), Has.None.EqualTo(targets[0]), "who refused is not asked again");
    }

    [Test]
    public void A_failed_dial_is_a_refusal()
    {
        stage.IsAcknowledged();
        stage.ReadsFromAMajority([.. Enumerable.Range(1, 4).Select(index => PeerStage.Entry(Cast.Peer(index)))]);
        var targets = Host.RecipientsOf<Connect>();
        Host.TurnsPage();

        Host.LosesLinkTo(targets[0]);

        Assert.That(Host.RecipientsOf<Connect>().Single(), Is.Not.AnyOf(targets[0], targets[1], targets[2]));
    }

    [Test]
    public void Whoever_asks_is_accepted_and_the_link_is_two_way()
    {
        var joined = PeerStage.Joined(Cast.Peer(1));

        joined.IsAskedBy(Cast.Peer(60));

        Assert.That(joined.Host.SentTo<Accept>(Cast.Peer(60)).Single(),
            Is.EqualTo(new Accept(Cast.ProcessAt(joined.Self), 1, PeerStage.BornAt)));
        Assert.That(joined.Neighbors(), Does.Contain(Cast.Peer(60)));
    }

    [Test]
    public void A_full_peer_refuses_and_names_older_members()
    {
        var full = PeerStage.Joined(new PeerOptions { SeedNodes = [], MaxDegree = 2 }, [Cast.Peer(1), Cast.Peer(2)]);

        full.IsAskedBy(Cast.Peer(60));

        var refusal = full.Host.SentTo<Refuse>(Cast.Peer(60)).Single();
        var named = refusal.Alternatives.Select(entry => entry.Address);
        Assert.That(named, Is.EquivalentTo(new[] { Cast.Peer(1), Cast.Peer(2) }));
        Assert.That(refusal.Alternatives, Has.All.Matches<PeerListEntry>(entry => entry.JoinStamp < PeerStage.BornAt));
    }

    [Test]
    public void A_chain_of_refusals_ends_at_the_oldest_who_accepts_even_when_full()
    {
        var oldest = new PeerStage(new PeerOptions { SeedNodes = [], MaxDegree = 1 });
        oldest.IsAcknowledged(joinStamp: 1);
        oldest.ReadsFromAMajority();
        oldest.IsAskedBy(Cast.Peer(60), joinStamp: 2);

        oldest.IsAskedBy(Cast.Peer(61), joinStamp: 3);

        Assert.That(oldest.Host.SentTo<Accept>(Cast.Peer(61)), Has.Length.EqualTo(1));
    }

    [Test]
    public void Two_that_ask_each_other_at_once_have_one_link()
    {
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(PeerStage.Entry(Cast.Peer(1)));
        stage.IsAskedBy(Cast.Peer(1), joinStamp: 1);
        stage.IsAcceptedBy(Cast.Peer(1));

        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Cast.Peer(1) }));
        Assert.That(Host.Reported(EventKind.NeighborAdded), Has.Length.EqualTo(1));
    }

    [Test]
    public void Nobody_links_to_who_is_not_a_member_yet()
    {
        stage.IsAskedBy(Cast.Peer(1));

        Assert.That(Host.SentTo<Refuse>(Cast.Peer(1)), Has.Length.EqualTo(1));
        Assert.That(stage.Neighbors(), Is.Empty);
    }
}
