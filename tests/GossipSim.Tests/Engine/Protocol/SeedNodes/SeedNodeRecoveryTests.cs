using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Coordinator crash", "Disk", and what a certificate is worth.</summary>
[TestFixture]
internal sealed class SeedNodeRecoveryTests
{
    private static readonly NodeAddress Peer = Cast.Peer(0);
    private readonly SeedNodeStage stage = new();

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_voter_that_hears_no_more_asks_around_and_then_finishes_the_registration_itself()
    {
        var entry = Cast.Member(Peer);
        stage.Proposes(stage.Others[0], entry);
        stage.AnswersProbe(Peer);
        Host.TurnsPage();

        Host.Waits(stage.Options.RoundTimeout);
        Assert.That(Host.RecipientsOf<Status>(), Is.EquivalentTo(stage.Others));
        Assert.That(Host.All<Status>()[0].Claims.Single().Entry, Is.EqualTo(entry));
        Assert.That(Host.All<Propose>(), Is.Empty);

        Host.Waits(stage.Options.VoteTimeout);
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(entry));
        Assert.That(stage.LastProposal.Proposal.Coordinator, Is.EqualTo(Host.Self));
        stage.VotesYes(stage.Others[1], stage.LastProposal.Proposal, entry);
        Assert.That(stage.Members(), Is.EqualTo(new[] { entry }));
    }

    [Test]
    public void A_voter_that_asks_around_and_hears_that_others_voted_too_commits()
    {
        var entry = Cast.Member(Peer);
        stage.Proposes(stage.Others[0], entry);
        stage.AnswersProbe(Peer);
        Host.Waits(stage.Options.RoundTimeout);

        Host.Hears(stage.Others[1], new StatusReply(Host.SentTo<Status>(stage.Others[1])[^1].Claims));

        Assert.That(stage.Members(), Is.EqualTo(new[] { entry }));
    }

    [Test]
    public void A_vote_that_waits_survives_a_restart_and_is_still_finished()
    {
        var entry = Cast.Member(Peer);
        stage.Proposes(stage.Others[0], entry);
        stage.AnswersProbe(Peer);
        var restarted = new SeedNodeStage(disk: Host.Disk, isTaught: false);

        restarted.Host.Waits(stage.Options.RoundTimeout + stage.Options.VoteTimeout);

        Assert.That(restarted.LastProposal.Entry, Is.EqualTo(entry));
    }

    [Test]
    public void An_orphaned_proposal_of_a_process_that_is_gone_is_refused_by_fresh_probes_at_other_seed_nodes()
    {
        var entry = Cast.Member(Peer);
        stage.Proposes(stage.Others[0], entry);
        stage.ProbesRunOut();

        Assert.That(Host.SentTo<Vote>(stage.Others[0]).Single().Yes, Is.False);
        Host.Waits(60);
        Assert.That(Host.All<Propose>(), Is.Empty, "who gave no vote has nothing to finish");
    }

    [Test]
    public void A_durable_vote_is_not_dropped_when_its_proposal_fails()
    {
        stage.Proposes(stage.Others[0], Cast.Member(Peer));
        stage.AnswersProbe(Peer);
        Host.Waits(120);
        Host.TurnsPage();

        stage.Proposes(stage.Others[1], Cast.Member(Peer, process: 1));
        stage.AnswersProbe(Peer, process: 1);

        Assert.That(Host.SentTo<Vote>(stage.Others[1]).Single().Yes, Is.False);
    }

    [Test]
    public void An_entry_committed_before_a_crash_is_read_back()
    {
        var entry = Cast.Member(Peer);
        stage.OthersAgreeOn(entry);

        var restarted = new SeedNodeStage(disk: Host.Disk, isTaught: false);

        Assert.That(restarted.Members(), Is.EqualTo(new[] { entry }));
    }

    [Test]
    public void A_commit_alone_is_a_hint_and_its_voters_are_asked()
    {
        var five = new SeedNodeStage(seedNodes: 5);
        var entry = Cast.Member(Peer);
        var proposal = five.NextOf(five.Others[0]);
        NodeAddress[] voters = [five.Others[0], five.Others[1], five.Others[2]];

        five.Host.Hears(five.Others[0], new Commit(entry, new Certificate(proposal, voters)));
        Assert.That(five.Members(), Is.Empty);
        var asked = five.Host.RecipientsOf<Status>();
        Assert.That(asked, Is.EquivalentTo(voters[1..]), "the messenger is believed for himself");

        five.Host.Hears(five.Others[1], new StatusReply([new Claim(proposal, entry)]));
        Assert.That(five.Members(), Is.Empty);
        five.Host.Hears(five.Others[2], new StatusReply([new Claim(proposal, entry)]));
        Assert.That(five.Members(), Is.EqualTo(new[] { entry }));
    }

    [Test]
    public void Strangers_named_as_voters_are_not_asked_and_do_not_count()
    {
        var entry = Cast.Member(Peer);
        var proposal = stage.NextOf(stage.Others[0]);

        var certificate = new Certificate(proposal, [Cast.Peer(8), Cast.Peer(9), stage.Others[0]]);
        Host.Hears(stage.Others[0], new Commit(entry, certificate));

        Assert.That(Host.All<Status>(), Is.Empty);
        Assert.That(stage.Members(), Is.Empty);
    }

    [Test]
    public void What_only_seed_nodes_may_say_means_nothing_from_a_peer()
    {
        var liar = Cast.Peer(66);
        var entry = Cast.Member(Peer);
        var proposal = stage.NextOf(stage.Others[0]);
        var claim = new Claim(proposal, entry);
        var certificate = new Certificate(proposal, stage.Options.SeedNodes);
        stage.Proposes(stage.Others[0], entry);
        Host.TurnsPage();

        Host.Hears(liar, new Propose(proposal, entry));
        Host.Hears(liar, new Propose(new ProposalId(liar, 1), entry));
        Host.Hears(liar, new Vote(proposal, entry, Yes: true, RefusalReason.None, entry));
        Host.Hears(liar, new Commit(entry, certificate));
        Host.Hears(liar, new Status([claim]));
        Host.Hears(liar, new StatusReply([claim]));
        Host.Hears(liar, new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true));
        Host.Hears(liar, new SyncDelta(1, 1, [claim], [new HeardVote(stage.Others[0], entry)]));
        Host.Hears(liar, new RegisterAck(Peer, 1, 1, certificate));
        Host.Hears(liar, new Removed(entry.AsRemoved(), certificate));

        Assert.That(Host.Sent, Is.Empty);
        Assert.That(Host.Events, Is.Empty);
        Assert.That(stage.Members(), Is.Empty);
    }

    [Test]
    public void A_seed_node_cannot_propose_in_the_name_of_another()
    {
        Host.Hears(stage.Others[0], new Propose(stage.NextOf(stage.Others[1]), Cast.Member(Peer)));

        Assert.That(Host.Sent, Is.Empty);
    }

    [Test]
    public void A_seed_node_with_an_empty_disk_does_not_vote_before_a_quorum_of_others_taught_it()
    {
        var learner = new SeedNodeStage(seedNodes: 5, isTaught: false);
        foreach (var teacher in learner.Others.Take(2))
        {
            learner.Teaches(teacher);
            learner.Teaches(teacher);
        }

        learner.Proposes(learner.Others[3], Cast.Member(Peer));
        Assert.That(learner.Host.SentTo<Vote>(learner.Others[3]).Single().Reason, Is.EqualTo(RefusalReason.Learning));
        learner.AsksToRegister(Peer);
        Assert.That(learner.Host.SentTo<RegisterNack>(Peer).Single().Reason, Is.EqualTo(RefusalReason.Learning));

        learner.Teaches(learner.Others[2]);
        learner.Host.TurnsPage();
        learner.Proposes(learner.Others[3], Cast.Member(Peer));
        learner.AnswersProbe(Peer);
        Assert.That(learner.Host.SentTo<Vote>(learner.Others[3]).Single().Yes, Is.True);
    }

    [Test]
    public void A_learner_asks_all_others_at_its_start()
    {
        var start = new NodeStart(Cast.SeedNode(0), new NodeId(1), []);
        var host = new RecordingHost(node => new SeedNode(stage.Options, node), start);

        host.Starts();

        Assert.That(host.RecipientsOf<SyncDigest>(), Is.EquivalentTo(stage.Others));
        Assert.That(host.All<SyncDigest>().Select(digest => digest.Learning), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void A_page_that_is_not_the_last_teaches_nothing_yet()
    {
        var learner = new SeedNodeStage(isTaught: false);

        foreach (var teacher in learner.Others) learner.Host.Hears(teacher, new SyncDelta(Page: 1, Pages: 2, [], []));

        Assert.That(learner.Host.Reported(EventKind.LearningFinished), Is.Empty);
    }

    [Test]
    public void A_learner_never_votes_at_an_epoch_at_which_it_may_have_voted_before()
    {
        var lost = Cast.Member(Peer, epoch: 3);
        var learner = new SeedNodeStage(isTaught: false);
        learner.Teaches(learner.Others[0]);
        learner.Teaches(learner.Others[1], votes: [new HeardVote(learner.Host.Self, lost)]);
        learner.OutlivesLostVotes();
        learner.Teaches(learner.Others[1]);
        learner.Host.TurnsPage();

        learner.Proposes(learner.Others[0], Cast.Member(Peer, epoch: 3, process: 1));
        learner.AnswersProbe(Peer, process: 1);
        var vote = learner.Host.SentTo<Vote>(learner.Others[0]).Single();
        Assert.That(vote.Reason, Is.EqualTo(RefusalReason.AlreadyVoted));

        learner.Host.TurnsPage();
        learner.Proposes(learner.Others[0], Cast.Member(Peer, epoch: 4, process: 1));
        learner.AnswersProbe(Peer, process: 1);
        Assert.That(learner.Host.SentTo<Vote>(learner.Others[0]).Single().Yes, Is.True);
    }

    /// <summary>Some tally may still count a vote that it forgot, towards a member that nobody told it of.</summary>
    [Test]
    public void A_learner_that_hears_of_a_history_does_not_vote_while_its_lost_votes_may_count()
    {
        var learner = new SeedNodeStage(isTaught: false);
        foreach (var teacher in learner.Others)
            learner.Teaches(teacher, [new Claim(learner.NextOf(teacher), Cast.Member(Cast.Peer(1)))]);

        learner.Proposes(learner.Others[0], Cast.Member(Peer));
        Assert.That(learner.Host.SentTo<Vote>(learner.Others[0]).Single().Reason, Is.EqualTo(RefusalReason.Learning));

        learner.OutlivesLostVotes();
        learner.Teaches(learner.Others[0]);
        learner.Host.TurnsPage();
        learner.Proposes(learner.Others[0], Cast.Member(Peer));
        learner.AnswersProbe(Peer);
        Assert.That(learner.Host.SentTo<Vote>(learner.Others[0]).Single().Yes, Is.True);
    }

    [TestCase(5, 1, 2, false, Description = "two of five lost their disks: the three others must teach")]
    [TestCase(5, 1, 3, true)]
    [TestCase(5, 3, 0, true, Description = "a new cluster")]
    [TestCase(3, 2, 0, true)]
    [TestCase(3, 1, 0, false)]
    public void A_learner_teaches_nothing_but_a_quorum_of_learners_is_a_new_cluster(
        int seedNodes, int fellows, int teachers, bool isEnough)
    {
        var learner = new SeedNodeStage(seedNodes, isTaught: false);
        foreach (var fellow in learner.Others[..fellows])
            learner.Host.Hears(fellow, new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true));
        foreach (var teacher in learner.Others[fellows..(fellows + teachers)]) learner.Teaches(teacher);

        Assert.That(learner.Host.Reported(EventKind.LearningFinished).Length > 0, Is.EqualTo(isEnough));
        Assert.That(learner.Host.All<SyncDelta>(), Is.Empty, "learners have nothing to tell each other");
    }

    [Test]
    public void Where_seed_nodes_may_lie_so_many_more_must_teach([Values(4, 5)] int teachers)
    {
        var learner = new SeedNodeStage(7, isTaught: false, options: new SeedNodeOptions
        {
            SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = 2,
        });

        foreach (var teacher in learner.Others[..teachers]) learner.Teaches(teacher);

        Assert.That(learner.Host.Reported(EventKind.LearningFinished).Length > 0, Is.EqualTo(teachers == 5));
    }

    [Test]
    public void Epochs_that_a_learner_closed_are_told_to_the_next_learner()
    {
        var lost = Cast.Member(Peer, epoch: 3);
        var learner = new SeedNodeStage(isTaught: false);
        learner.Teaches(learner.Others[0], votes: [new HeardVote(learner.Host.Self, lost)]);
        learner.OutlivesLostVotes();
        foreach (var teacher in learner.Others) learner.Teaches(teacher);
        learner.Host.TurnsPage();

        learner.Host.Hears(learner.Others[0], new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true));

        var told = learner.Host.SentTo<SyncDelta>(learner.Others[0]).Single().Votes.Single();
        Assert.That((told.Voter, told.Entry.Address, told.Entry.Epoch), Is.EqualTo((learner.Host.Self, Peer, 3)));
    }

    [Test]
    public void A_learner_is_told_the_votes_that_may_still_count()
    {
        var mine = Cast.Member(Peer);
        var heard = Cast.Member(Cast.Peer(1));
        stage.Proposes(stage.Others[0], mine);
        stage.AnswersProbe(Peer);
        stage.VotesYes(stage.Others[1], stage.NextOf(stage.Others[1]), heard);
        Host.TurnsPage();

        Host.Hears(stage.Others[0], new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true));

        var votes = Host.SentTo<SyncDelta>(stage.Others[0]).Single().Votes;
        Assert.That(votes, Does.Contain(new HeardVote(Host.Self, mine)));
        Assert.That(votes, Does.Contain(new HeardVote(stage.Others[1], heard)));
    }

    [Test]
    public void A_seed_node_that_finished_learning_remembers_it_on_disk()
    {
        Assert.That(Host.Persisted.Select(writing => writing.Record), Has.One.InstanceOf<StoreRecord>());

        var restarted = new SeedNodeStage(disk: Host.Disk, isTaught: false);
        restarted.Proposes(restarted.Others[0], Cast.Member(Peer));

        Assert.That(restarted.Host.SentTo<Ping>(Peer), Is.Not.Empty, "it judges at once");
    }

    [Test]
    public void A_lone_seed_node_decides_alone()
    {
        var alone = new SeedNodeStage(seedNodes: 1);

        alone.AsksToRegister(Peer);
        alone.AnswersProbe(Peer);

        Assert.That(alone.Host.SentTo<RegisterAck>(Peer), Has.Length.EqualTo(1));
    }
}
