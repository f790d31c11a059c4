using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// What a seed node does with certificates that prove themselves. The test plays its host too: what it hears here
/// counts as checked, so any bytes are a signature.
/// </summary>
[TestFixture]
internal sealed class SignedSeedNodeTests
{
    private static readonly NodeAddress self = Cast.SeedNode(0);
    private static readonly NodeAddress carrier = Cast.Peer(9);
    private static readonly MembershipEntry member = Cast.Member(Cast.Peer(1), joinStamp: 4);

    [Test]
    public void A_certificate_carried_by_a_peer_is_applied_at_once_and_nobody_is_asked()
    {
        var stage = Stage();

        stage.Host.Hears(carrier, new Commit(member, Proof(member)));

        Assert.That(stage.Members(), Is.EqualTo([member]));
        Assert.That(stage.Host.All<Status>(), Is.Empty);
        var record = stage.Host.Persisted.Select(writing => writing.Record).OfType<EntryRecord>().Single();
        Assert.That(record.Signatures, Has.Length.EqualTo(2));
    }

    [Test]
    public void Without_signatures_a_certificate_is_nothing_whoever_carries_it([Values] bool isSeedNode)
    {
        var stage = Stage();

        stage.Host.Hears(
            isSeedNode ? Cast.SeedNode(1) : carrier, new Commit(member, Proof(member) with { Signatures = null }));

        Assert.That(stage.Members(), Is.Empty);
        Assert.That(stage.Host.All<Status>(), Is.Empty);
    }

    [Test]
    public void A_vote_without_a_signature_does_not_count_and_with_one_it_does()
    {
        var stage = Stage();
        var proposal = stage.NextOf(Cast.SeedNode(1));
        stage.VotesYes(Cast.SeedNode(1), proposal, member);
        stage.VotesYes(Cast.SeedNode(2), proposal, member);
        Assert.That(stage.Members(), Is.Empty);

        stage.Host.Hears(Cast.SeedNode(1), Signed(proposal, 1));
        stage.Host.Hears(Cast.SeedNode(2), Signed(proposal, 2));
        Assert.That(stage.Members(), Is.EqualTo([member]));
    }

    [Test]
    public void What_a_seed_node_committed_it_proves_to_who_asks_and_after_a_restart_too()
    {
        var stage = Stage();
        stage.Host.Hears(carrier, new Commit(member, Proof(member)));
        var again = new SeedNodeStage(options: Signed(), disk: stage.Host.Disk);

        foreach (var proving in new[] { stage, again })
        {
            proving.Host.TurnsPage();
            proving.Host.Hears(Cast.SeedNode(1), new Status([new Claim(default, member)]));

            var commit = proving.Host.SentTo<Commit>(Cast.SeedNode(1)).Single();
            Assert.That(commit.Entry, Is.EqualTo(member));
            Assert.That(commit.Certificate.Signatures, Has.Length.EqualTo(2));
            Assert.That(proving.Host.All<StatusReply>(), Is.Empty);
        }
    }

    [Test]
    public void Who_is_asked_about_what_he_only_voted_for_tells_his_vote_with_the_stamp_that_he_voted_on()
    {
        var stage = Stage();
        stage.Proposes(Cast.SeedNode(1), member);
        stage.AnswersProbe(member.Address);
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.SeedNode(2), new Status([new Claim(default, member with { JoinStamp = 70 })]));

        var reply = stage.Host.SentTo<StatusReply>(Cast.SeedNode(2)).Single();
        Assert.That(reply.Vouched.Single().Entry, Is.EqualTo(member));
    }

    [Test]
    public void A_member_is_as_old_as_the_latest_stamp_that_was_voted_on()
    {
        var stage = Stage();
        var proposal = stage.NextOf(Cast.SeedNode(1));

        stage.Host.Hears(Cast.SeedNode(1), Signed(proposal, 1) with { Entry = member with { JoinStamp = 6 } });
        stage.Host.Hears(Cast.SeedNode(2), Signed(stage.NextOf(Cast.SeedNode(2)), 2));

        Assert.That(stage.Members().Single().JoinStamp, Is.EqualTo(6));
        var certificate = stage.Host.Persisted.Select(writing => writing.Record).OfType<EntryRecord>().Single();
        Assert.That(certificate.Signatures!.Select(signed => signed.JoinStamp), Is.EqualTo([6L, 4L]));
    }

    /// <summary>An entry that others tell of is asked of who told it, and is there when he proved it.</summary>
    [Test]
    public void News_in_a_delta_is_asked_of_its_teller_and_counts_when_he_proves_it()
    {
        var stage = Stage();

        stage.Teaches(Cast.SeedNode(1), [new Claim(default, member)]);
        stage.Teaches(Cast.SeedNode(2), [new Claim(default, member)]);
        Assert.That(stage.Members(), Is.Empty);
        Assert.That(stage.Host.RecipientsOf<Status>(), Is.EqualTo([Cast.SeedNode(1), Cast.SeedNode(2)]));

        stage.Host.Hears(Cast.SeedNode(2), new Commit(member, Proof(member)));
        Assert.That(stage.Members(), Is.EqualTo([member]));
    }

    [Test]
    public void A_learner_votes_when_its_teachers_have_proved_what_they_told()
    {
        var stage = new SeedNodeStage(options: Signed(), isTaught: false);
        foreach (var teacher in stage.Others) stage.Teaches(teacher, [new Claim(default, member)]);
        stage.OutlivesLostVotes();
        foreach (var teacher in stage.Others) stage.Teaches(teacher, [new Claim(default, member)]);
        Assert.That(stage.Host.Reported(EventKind.LearningFinished), Is.Empty);

        stage.Host.Hears(Cast.SeedNode(1), new Commit(member, Proof(member)));
        foreach (var teacher in stage.Others) stage.Teaches(teacher, [new Claim(default, member)]);

        Assert.That(stage.Host.Reported(EventKind.LearningFinished), Has.Length.EqualTo(1));
        Assert.That(stage.Members(), Is.EqualTo([member]));
    }

    [Test]
    public void A_removal_decided_in_another_round_ends_the_round_here_and_the_reporters_hear_of_it()
    {
        var stage = Stage();
        var reporter = Cast.Member(Cast.Peer(2), joinStamp: 5);
        foreach (var entry in new[] { member, reporter })
            stage.Host.Hears(carrier, new Commit(entry, Proof(entry)));
        stage.Reports(reporter.Address, member);
        stage.Host.TurnsPage();

        var proof = Proof(member.AsRemoved());
        stage.Host.Hears(Cast.SeedNode(1), new Commit(member.AsRemoved(), proof));

        Assert.That(stage.Host.SentTo<Removed>(reporter.Address).Single().Certificate!.Signatures, Is.Not.Null);
        stage.ProbesRunOut();
        stage.Host.Waits(stage.Options.RoundTimeout);
        Assert.That(stage.Host.Reported(EventKind.ProposalRejected), Is.Empty, "nothing is left open");
    }

    [Test]
    public void Whoever_is_told_that_his_membership_is_over_gets_the_proof([Values] bool isReplaced)
    {
        var stage = Stage();
        var now = isReplaced ? member with { Epoch = 2, JoinStamp = 8 } : member.AsRemoved();
        stage.Host.Hears(carrier, new Commit(member, Proof(member)));
        stage.Host.Hears(carrier, new Commit(now, Proof(now)));

        stage.Host.Hears(member.Address, new Refresh(member.NodeId, Epoch: 1, Degree: 0, []));

        var told = stage.Host.SentTo<Removed>(member.Address).Single();
        Assert.That(told.Entry.IsSameAs(member.AsRemoved()), Is.True);
        Assert.That(told.Successor, Is.EqualTo(isReplaced ? now : null));
        Assert.That(told.Certificate!.Signatures, Is.Not.Null);
    }

    [Test]
    public void Asking_to_register_again_is_answered_with_the_proof()
    {
        var stage = Stage();
        stage.Host.Hears(carrier, new Commit(member, Proof(member)));

        stage.AsksToRegister(member.Address);

        var ack = stage.Host.SentTo<RegisterAck>(member.Address).Single();
        Assert.That(ack.Entry, Is.EqualTo(member));
        Assert.That(ack.Certificate.Signatures, Is.Not.Null);
    }

    [Test]
    public void Only_what_could_change_something_needs_a_proof()
    {
        var stage = Stage();
        var commit = new Commit(member, Proof(member));
        var vote = Signed(stage.NextOf(Cast.SeedNode(2)), 2);
        Assert.That(stage.Host.Node.NeedsProofOf(commit), Is.True);
        Assert.That(stage.Host.Node.NeedsProofOf(vote), Is.True);

        stage.Host.Hears(carrier, commit);

        Assert.That(stage.Host.Node.NeedsProofOf(commit), Is.False);
        Assert.That(stage.Host.Node.NeedsProofOf(vote), Is.False);
        Assert.That(stage.Host.Node.NeedsProofOf(new StatusReply([new Claim(default, member)])), Is.False);
        Assert.That(stage.Host.Node.NeedsProofOf(new Commit(member.AsRemoved(), commit.Certificate)), Is.True);
    }

    private static SeedNodeStage Stage() => new(options: Signed());

    private static SeedNodeOptions Signed() => new() { SeedNodes = [], AreVotesSigned = true };

    private static Vote Signed(ProposalId proposal, int voter) =>
        new(proposal, member, Yes: true, RefusalReason.None, Known: null, Signature: [(byte)voter]);

    private static Certificate Proof(MembershipEntry entry) => new(
        new ProposalId(Cast.SeedNode(1), 99), [Cast.SeedNode(1), Cast.SeedNode(2)],
        [new VoteSignature(entry.JoinStamp, [1]), new VoteSignature(entry.JoinStamp, [2])]);
}
