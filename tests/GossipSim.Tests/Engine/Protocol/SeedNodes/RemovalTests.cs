using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Remove", and SOURCES D10, W2 to W6: what a report may do, and what it may not.</summary>
[TestFixture]
internal sealed class RemovalTests
{
    private static readonly NodeAddress Suspect = Cast.Peer(0);
    private static readonly NodeAddress Reporter = Cast.Peer(1);
    private static readonly MembershipEntry Entry = Cast.Member(Suspect, epoch: 2);
    private readonly SeedNodeStage stage = WithMembers(new SeedNodeStage());

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_report_opens_one_round_and_the_seed_node_looks_for_itself()
    {
        stage.Reports(Reporter, Entry);

        Assert.That(Host.RecipientsOf<Propose>(), Is.EquivalentTo(stage.Others));
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(Entry.AsRemoved()));
        Assert.That(Host.SentTo<Ping>(Suspect), Has.Length.EqualTo(1));
        Assert.That(Host.All<Vote>(), Is.Empty);
    }

    [Test]
    public void Who_is_no_member_is_refused_and_its_words_go_nowhere()
    {
        var stranger = Cast.Peer(9);

        stage.Reports(stranger, Entry);

        Assert.That(Host.Reported(EventKind.ReportHeard), Is.Empty);
        Assert.That(Host.Reported(EventKind.InputRefused).Single(),
            Is.EqualTo(new ProtocolEvent(EventKind.InputRefused, stranger, Detail: "NOT_A_MEMBER")));
        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void An_answer_of_the_accused_process_closes_the_round_and_the_reporter_is_told()
    {
        stage.Reports(Reporter, Entry);
        stage.AnswersProbe(Suspect, epoch: 2);

        Assert.That(Host.SentTo<Alive>(Reporter).Single(), Is.EqualTo(new Alive(Suspect, 2, Refute: false)));
        foreach (var other in stage.Others) stage.VotesYes(other, stage.LastProposal.Proposal, Entry.AsRemoved());
        Assert.That(Host.SentTo<Removed>(Reporter), Is.Empty, "the round is over for its coordinator");
    }

    [Test]
    public void Silence_through_all_probes_is_a_vote_for_removal_and_a_quorum_removes()
    {
        stage.Reports(Reporter, Entry);
        stage.ProbesRunOut();
        Assert.That(Host.All<Vote>().Select(vote => vote.Yes), Is.EqualTo(new[] { true, true }));
        Assert.That(stage.Members(), Does.Contain(Entry), "one vote is no quorum");

        stage.VotesYes(stage.Others[0], stage.LastProposal.Proposal, Entry.AsRemoved());

        Assert.That(stage.Members(), Does.Contain(Entry.AsRemoved()));
        Assert.That(Host.SentTo<Removed>(Reporter).Single().Entry, Is.EqualTo(Entry.AsRemoved()));
    }

    [Test]
    public void A_seed_node_whose_own_loop_lags_takes_no_silence_for_evidence_and_asks_again()
    {
        stage.Reports(Reporter, Entry);
        for (var round = 0; round < 3; round++)
        {
            Host.Hangs(5);
            Host.Waits(0.001);
        }

        Assert.That(Host.All<Vote>(), Is.Empty, "it may have slept through the answer");
        Assert.That(Host.SentTo<Ping>(Suspect), Has.Length.EqualTo(4));

        stage.ProbesRunOut();
        Assert.That(Host.All<Vote>().Select(vote => vote.Yes), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void Another_process_answering_means_that_the_accused_is_gone()
    {
        stage.Reports(Reporter, Entry);
        stage.AnswersProbe(Suspect, process: 1);

        Assert.That(Host.All<Vote>().Select(vote => vote.Yes), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void A_voter_that_reaches_the_accused_votes_no()
    {
        stage.Proposes(stage.Others[0], Entry.AsRemoved());
        stage.AnswersProbe(Suspect, epoch: 2);

        var vote = Host.SentTo<Vote>(stage.Others[0]).Single();
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, RefusalReason.StillAlive)));
    }

    [Test]
    public void Trusting_the_reporter_votes_without_looking()
    {
        var trusting = WithMembers(new SeedNodeStage(
            options: new SeedNodeOptions { SeedNodes = [], RemovalEvidence = RemovalEvidence.TrustReporter }));

        trusting.Reports(Reporter, Entry);

        Assert.That(trusting.Host.SentTo<Ping>(Suspect), Is.Empty);
        Assert.That(trusting.Host.All<Vote>(), Has.Length.EqualTo(2));
    }

    [Test]
    public void Reports_that_come_while_the_round_is_open_join_it_and_all_are_told()
    {
        stage.Reports(Reporter, Entry);
        stage.Reports(Cast.Peer(2), Entry);
        Assert.That(Host.All<Propose>(), Has.Length.EqualTo(2), "one to each other seed node");
        Assert.That(Host.SentTo<Ping>(Suspect), Has.Length.EqualTo(1));

        stage.AnswersProbe(Suspect, epoch: 2);

        Assert.That(Host.RecipientsOf<Alive>(), Is.EquivalentTo(new[] { Reporter, Cast.Peer(2) }));
    }

    [Test]
    public void After_a_refused_round_a_later_report_opens_another_one()
    {
        stage.Reports(Reporter, Entry);
        var first = stage.LastProposal.Proposal;
        stage.AnswersProbe(Suspect, epoch: 2);

        stage.Reports(Reporter, Entry);

        Assert.That(stage.LastProposal.Proposal, Is.Not.EqualTo(first));
    }

    [Test]
    public void Votes_of_different_rounds_do_not_add_up()
    {
        stage.VotesYes(stage.Others[0], stage.NextOf(stage.Others[0]), Entry.AsRemoved());
        stage.VotesYes(stage.Others[1], stage.NextOf(stage.Others[1]), Entry.AsRemoved());

        Assert.That(stage.Members(), Does.Contain(Entry), "SOURCES W3: two reports far apart must not remove");
    }

    [Test]
    public void A_round_without_a_quorum_ends_with_nothing_changed()
    {
        stage.Reports(Reporter, Entry);
        stage.ProbesRunOut();
        Host.Waits(stage.Options.VoteTimeout);

        Assert.That(stage.Members(), Does.Contain(Entry));
        Assert.That(Host.RecipientsOf<Alive>(), Is.Empty, "it was not seen alive: the report goes to the next");
    }

    [Test]
    public void A_report_by_who_is_no_member_is_ignored()
    {
        stage.Reports(Cast.Peer(99), Entry);

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void A_report_about_who_is_unknown_opens_no_round_and_the_reporter_lets_go_of_the_link()
    {
        stage.Reports(Reporter, Cast.Member(Cast.Peer(99)));

        Assert.That(Host.Sent.Single().To, Is.EqualTo(Reporter));
        Assert.That(Host.Sent.Single().Message, Is.EqualTo(new Alive(Cast.Peer(99), 1, Refute: false)));
    }

    [Test]
    public void A_report_about_another_process_of_that_epoch_is_ignored()
    {
        stage.Reports(Reporter, Entry with { NodeId = new NodeId(5) });

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void A_report_about_an_older_epoch_is_answered_removed_and_opens_nothing()
    {
        stage.Reports(Reporter, Cast.Member(Suspect, epoch: 1));

        var told = Host.SentTo<Removed>(Reporter).Single();
        Assert.That((told.Entry.Address, told.Entry.Epoch, told.Entry.IsAlive), Is.EqualTo((Suspect, 1, false)));
        Assert.That(Host.All<Propose>(), Is.Empty);
    }

    [Test]
    public void A_report_about_an_epoch_still_to_come_is_ignored()
    {
        stage.Reports(Reporter, Entry with { Epoch = 3 });

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void A_reporter_whose_own_membership_is_over_is_told_so()
    {
        stage.OthersAgreeOn(Cast.Member(Reporter).AsRemoved());
        Host.TurnsPage();

        stage.Reports(Reporter, Entry);

        Assert.That(Host.SentTo<Removed>(Reporter).Single().Entry.Address, Is.EqualTo(Reporter));
        Assert.That(Host.All<Propose>(), Is.Empty);
    }

    [Test]
    public void Old_votes_for_a_membership_do_not_revive_it()
    {
        stage.OthersAgreeOn(Entry.AsRemoved());

        stage.OthersAgreeOn(Entry);
        Host.Hears(stage.Others[0], new Commit(Entry, new Certificate(stage.NextOf(stage.Others[0]), stage.Others)));

        Assert.That(stage.Members(), Does.Contain(Entry.AsRemoved()));
    }

    [Test]
    public void Old_votes_for_a_removal_do_not_touch_a_later_membership()
    {
        var later = Cast.Member(Suspect, epoch: 3, process: 1);
        stage.OthersAgreeOn(later);

        stage.OthersAgreeOn(Entry.AsRemoved());

        Assert.That(stage.Members(), Does.Contain(later));
    }

    [Test]
    public void Who_leaves_is_voted_out_on_its_own_word_by_every_seed_node_that_heard_it()
    {
        Host.Hears(Suspect, new Leave(2));
        stage.Proposes(stage.Others[0], Entry.AsRemoved());

        Assert.That(Host.SentTo<Ping>(Suspect), Is.Empty);
        Assert.That(Host.SentTo<Vote>(stage.Others[0]).Last().Yes, Is.True);
    }

    [Test]
    public void Of_all_seed_nodes_that_hear_a_leave_one_opens_the_round()
    {
        var rounds = 0;
        for (var self = 0; self < 3; self++)
        {
            var each = WithMembers(new SeedNodeStage(self: self));
            each.Host.Hears(Suspect, new Leave(2));
            rounds += each.Host.Reported(EventKind.ProposalOpened).Length;
        }

        Assert.That(rounds, Is.EqualTo(1));
    }

    [Test]
    public void Nobody_leaves_for_another_nor_for_an_epoch_that_is_not_his()
    {
        Host.Hears(Cast.Peer(99), new Leave(2));
        Host.Hears(Suspect, new Leave(1));
        Host.Hears(Suspect, new Leave(3));
        stage.Proposes(stage.Others[0], Entry.AsRemoved());

        Assert.That(Host.All<Vote>(), Is.Empty, "it still looks for itself");
        Assert.That(Host.SentTo<Ping>(Suspect), Is.Not.Empty);
    }

    private static SeedNodeStage WithMembers(SeedNodeStage stage)
    {
        stage.OthersAgreeOn(Entry);
        stage.OthersAgreeOn(Cast.Member(Reporter));
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(2)));
        stage.Host.TurnsPage();
        return stage;
    }
}
