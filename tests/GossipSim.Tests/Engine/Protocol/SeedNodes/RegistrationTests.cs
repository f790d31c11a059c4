using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Register".</summary>
[TestFixture]
internal sealed class RegistrationTests
{
    private static readonly NodeAddress Peer = Cast.Peer(0);
    private readonly SeedNodeStage stage = new();

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_request_is_proposed_to_all_other_seed_nodes_in_parallel()
    {
        stage.AsksToRegister(Peer);

        Assert.That(Host.RecipientsOf<Propose>(), Is.EquivalentTo(stage.Others));
        Assert.That(Host.All<Propose>().Distinct().Count(), Is.EqualTo(1), "one object for all");
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(Cast.Member(Peer)));
    }

    [Test]
    public void The_seed_node_dials_the_address_itself_before_it_votes()
    {
        stage.AsksToRegister(Peer);

        Assert.That(Host.Closed, Does.Contain(Peer), "nobody answers over a link that he opened himself");
        Assert.That(Host.SentTo<Ping>(Peer), Has.Length.EqualTo(1));
        Assert.That(Host.All<Vote>(), Is.Empty);

        stage.AnswersProbe(Peer);
        Assert.That(Host.RecipientsOf<Vote>(), Is.EquivalentTo(stage.Others));
    }

    [Test]
    public void A_vote_is_on_disk_with_the_input_in_which_it_is_told()
    {
        stage.AsksToRegister(Peer);
        stage.AnswersProbe(Peer);

        var told = Host.Sent.First(sending => sending.Message is Vote);
        var written = Host.Persisted.Single(writing => writing.Record is VoteRecord);
        Assert.That(written.Input, Is.EqualTo(told.Input));
        Assert.That(((VoteRecord)written.Record).Entry, Is.EqualTo(((Vote)told.Message).Entry));
    }

    [Test]
    public void Only_a_quorum_makes_a_member_and_only_then_the_peer_is_told()
    {
        stage.AsksToRegister(Peer);
        stage.AnswersProbe(Peer);
        Assert.That(Host.SentTo<RegisterAck>(Peer), Is.Empty);
        Assert.That(stage.Members(), Is.Empty);

        stage.VotesYes(stage.Others[0], stage.LastProposal.Proposal, stage.LastProposal.Entry);

        var ack = Host.SentTo<RegisterAck>(Peer).Single();
        Assert.That((ack.Address, ack.Epoch, ack.JoinStamp), Is.EqualTo((Peer, 1, 1L)));
        Assert.That(ack.Certificate.Voters, Is.EquivalentTo(new[] { Host.Self, stage.Others[0] }));
        Assert.That(stage.Members(), Is.EqualTo(new[] { Cast.Member(Peer) }));
        Assert.That(Host.RecipientsOf<Commit>(), Is.EquivalentTo(stage.Others));
    }

    [Test]
    public void A_committed_entry_is_on_disk_with_the_input_in_which_the_peer_is_told()
    {
        stage.AsksToRegister(Peer);
        stage.AnswersProbe(Peer);
        stage.VotesYes(stage.Others[1], stage.LastProposal.Proposal, stage.LastProposal.Entry);

        var told = Host.Sent.Single(sending => sending.Message is RegisterAck);
        var written = Host.Persisted.Single(writing => writing.Record is EntryRecord);
        Assert.That(written.Input, Is.EqualTo(told.Input));
    }

    [Test]
    public void The_same_process_asking_again_gets_the_existing_entry_without_a_vote()
    {
        stage.OthersAgreeOn(Cast.Member(Peer, epoch: 4, joinStamp: 9));
        Host.TurnsPage();

        stage.AsksToRegister(Peer);

        var ack = Host.SentTo<RegisterAck>(Peer).Single();
        Assert.That((ack.Epoch, ack.JoinStamp), Is.EqualTo((4, 9L)));
        Assert.That(Host.All<Propose>(), Is.Empty);
    }

    [Test]
    public void Requests_that_come_while_the_vote_is_open_join_it()
    {
        stage.AsksToRegister(Peer);
        stage.AsksToRegister(Peer);
        stage.AsksToRegister(Peer);

        Assert.That(Host.All<Propose>(), Has.Length.EqualTo(2), "one to each other seed node");
        stage.AnswersProbe(Peer);
        stage.VotesYes(stage.Others[0], stage.LastProposal.Proposal, stage.LastProposal.Entry);
        Assert.That(Host.SentTo<RegisterAck>(Peer), Has.Length.EqualTo(1));
        Assert.That(stage.Members(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Another_process_at_the_address_of_a_member_is_proposed_at_the_next_epoch()
    {
        stage.OthersAgreeOn(Cast.Member(Peer, epoch: 3));

        stage.AsksToRegister(Peer, process: 1);

        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(4));
        Assert.That(stage.LastProposal.Entry.NodeId, Is.EqualTo(Cast.ProcessAt(Peer, 1)));
    }

    [Test]
    public void A_removed_member_can_come_back_at_the_next_epoch()
    {
        stage.OthersAgreeOn(Cast.Member(Peer).AsRemoved());

        stage.AsksToRegister(Peer);

        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(2), "SOURCES W4: a removal must not bar the address");
    }

    [Test]
    public void Later_members_get_later_join_stamps()
    {
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(1), joinStamp: 41));

        stage.AsksToRegister(Peer);

        Assert.That(stage.LastProposal.Entry.JoinStamp, Is.EqualTo(42));
    }

    [Test]
    public void A_vote_binds_for_ever_also_against_another_process_at_the_same_epoch()
    {
        var (first, second) = (Cast.Member(Peer), Cast.Member(Peer, process: 1));
        stage.Proposes(stage.Others[0], first);
        stage.AnswersProbe(Peer);
        Host.TurnsPage();

        stage.Proposes(stage.Others[1], second);
        stage.AnswersProbe(Peer, process: 1);

        AssertRefused(second, RefusalReason.AlreadyVoted);
    }

    [Test]
    public void A_vote_binds_across_a_restart()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.AnswersProbe(Peer);
        var restarted = new SeedNodeStage(disk: Host.Disk, isTaught: false);

        restarted.Proposes(restarted.Others[1], Cast.Member(Peer, process: 1));
        restarted.AnswersProbe(Peer, process: 1);

        var vote = restarted.Host.SentTo<Vote>(restarted.Others[1]).Single();
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, RefusalReason.AlreadyVoted)));
    }

    [Test]
    public void Asked_again_for_the_same_process_it_repeats_the_vote_it_gave()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer, joinStamp: 5));
        stage.AnswersProbe(Peer);
        Host.TurnsPage();

        stage.Proposes(stage.Others[1], Cast.Member(Peer, joinStamp: 8));

        var vote = Host.SentTo<Vote>(stage.Others[1]).Single();
        Assert.That((vote.Yes, vote.Entry.JoinStamp), Is.EqualTo((true, 5L)));
    }

    [Test]
    public void Two_probes_open_at_once_do_not_make_two_votes_at_one_epoch()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.Proposes(stage.Others[1], Cast.Member(Peer, process: 1));

        stage.AnswersProbe(Peer, process: 1);

        var votes = Host.Persisted.Select(writing => writing.Record).OfType<VoteRecord>().ToArray();
        Assert.That(votes.Select(vote => vote.Entry.NodeId), Is.EqualTo(new[] { Cast.ProcessAt(Peer, 1) }));
    }

    [Test]
    public void A_proposal_at_an_old_epoch_is_refused_with_the_known_entry()
    {
        var known = Cast.Member(Peer, epoch: 2, process: 1);
        stage.OthersAgreeOn(known);
        Host.TurnsPage();

        stage.Proposes(stage.Others[0], Cast.Member(Peer, epoch: 2));

        var vote = Host.SentTo<Vote>(stage.Others[0]).Single();
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, RefusalReason.OldEpoch)));
        Assert.That(vote.Known, Is.EqualTo(known));
    }

    [Test]
    public void Nobody_listening_is_refused_as_unreachable()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.ProbesRunOut();

        AssertRefused(Cast.Member(Peer), RefusalReason.Unreachable);
        Assert.That(Host.SentTo<Ping>(Peer), Has.Length.EqualTo(stage.Options.ProbeAttempts));
    }

    [Test]
    public void Another_process_listening_is_refused_as_address_in_use()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.AnswersProbe(Peer, process: 1);

        AssertRefused(Cast.Member(Peer), RefusalReason.AddrInUse);
    }

    [Test]
    public void Nobody_registers_an_address_that_is_not_his_own()
    {
        Host.Hears(Peer, new Register(Cast.Peer(1), Cast.ProcessAt(Peer)));

        Assert.That(Host.SentTo<RegisterNack>(Peer).Single().Reason, Is.EqualTo(RefusalReason.NotYourAddress));
        Assert.That(Host.All<Propose>(), Is.Empty);
    }

    [Test]
    public void Fewer_than_a_quorum_is_a_refusal_and_never_a_degraded_mode()
    {
        stage.AsksToRegister(Peer);
        stage.AnswersProbe(Peer);
        Host.Waits(stage.Options.RoundTimeout);

        Assert.That(Host.SentTo<RegisterNack>(Peer).Single().Reason, Is.EqualTo(RefusalReason.NoQuorum));
        Assert.That(Host.SentTo<RegisterAck>(Peer), Is.Empty);
        Assert.That(stage.Members(), Is.Empty);
    }

    [Test]
    public void One_seed_node_voting_often_is_one_vote()
    {
        var five = new SeedNodeStage(seedNodes: 5);
        five.AsksToRegister(Peer);
        five.AnswersProbe(Peer);

        for (var time = 0; time < 5; time++)
            five.VotesYes(five.Others[0], five.LastProposal.Proposal, five.LastProposal.Entry);
        Assert.That(five.Members(), Is.Empty);

        five.VotesYes(five.Others[1], five.LastProposal.Proposal, five.LastProposal.Entry);
        Assert.That(five.Members(), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_byzantine_rule_asks_for_more_votes()
    {
        var options = new SeedNodeOptions { SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = 1 };
        var four = new SeedNodeStage(seedNodes: 4, options: options);
        four.AsksToRegister(Peer);
        four.AnswersProbe(Peer);

        four.VotesYes(four.Others[0], four.LastProposal.Proposal, four.LastProposal.Entry);
        Assert.That(four.Members(), Is.Empty, "floor((4+1)/2)+1 = 3");

        four.VotesYes(four.Others[1], four.LastProposal.Proposal, four.LastProposal.Entry);
        Assert.That(four.Members(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Votes_split_at_one_epoch_are_tried_again_at_a_higher_one_after_a_back_off()
    {
        stage.AsksToRegister(Peer);
        stage.AnswersProbe(Peer);
        var (proposal, entry) = (stage.LastProposal.Proposal, stage.LastProposal.Entry);
        Host.TurnsPage();

        foreach (var other in stage.Others) stage.VotesNo(other, proposal, entry, RefusalReason.AlreadyVoted);
        Assert.That(Host.All<Propose>(), Is.Empty, "not at once");
        Host.Waits(stage.Options.VoteTimeout);

        Assert.That(stage.LastProposal.Entry.Epoch, Is.GreaterThan(entry.Epoch));
        Assert.That(Host.SentTo<RegisterNack>(Peer), Is.Empty);
    }

    [Test]
    public void A_coordinator_whose_own_vote_is_given_away_proposes_the_next_epoch()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.AnswersProbe(Peer);

        stage.AsksToRegister(Peer, process: 1);

        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(2));
    }

    [Test]
    public void A_coordinator_that_is_behind_catches_up_and_tries_again()
    {
        var known = Cast.Member(Peer, epoch: 6, process: 1).AsRemoved();
        stage.AsksToRegister(Peer);
        var (proposal, entry) = (stage.LastProposal.Proposal, stage.LastProposal.Entry);
        foreach (var other in stage.Others) stage.VotesNo(other, proposal, entry, RefusalReason.OldEpoch, known);

        Assert.That(Host.SentTo<SyncDigest>(stage.Others[0]), Is.Not.Empty, "asks who knows more");
        stage.OthersAgreeOn(known);
        Host.Waits(stage.Options.VoteTimeout);

        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(7));
    }

    private void AssertRefused(MembershipEntry entry, RefusalReason reason)
    {
        var vote = Host.All<Vote>().Single(cast => cast.Entry == entry);
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, reason)));
        var written = Host.Persisted.Select(writing => writing.Record).OfType<VoteRecord>();
        Assert.That(written.Count(record => record.Entry == entry), Is.Zero);
        Assert.That(stage.Members(), Is.Empty);
    }
}
