using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Entries that anti-entropy tells of and no quorum vouches for: voted on afresh after a few rounds.</summary>
[TestFixture]
internal sealed class DoubtTests
{
    private const int RoundsToVote = 4;

    private static readonly NodeAddress Member = Cast.Peer(0);
    private static readonly MembershipEntry Entry = Cast.Member(Member, epoch: 2);

    [Test]
    public void Two_memberships_of_an_address_have_removal_rounds_of_their_own()
    {
        var stage = new SeedNodeStage();
        var later = Cast.Member(Member, epoch: 3, process: 1).AsRemoved();
        stage.OthersAgreeOn(Entry);
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(1)));
        stage.Reports(Cast.Peer(1), Entry);
        var first = stage.LastProposal;

        TellsAgainAndAgain(stage, later, RoundsToVote);

        Assert.That(first.Entry, Is.EqualTo(Entry.AsRemoved()));
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(later));
        Assert.That(stage.LastProposal.Proposal, Is.Not.EqualTo(first.Proposal));
    }

    /// <summary>It may not vote at that epoch any more: what it voted there is lost with the disk.</summary>
    [Test]
    public void A_seed_node_that_lost_its_disk_votes_for_a_member_at_a_later_epoch()
    {
        var stage = WithoutDisk();

        TellsAgainAndAgain(stage, Entry, RoundsToVote);

        Assert.That(stage.LastProposal.Entry.NodeId, Is.EqualTo(Entry.NodeId));
        Assert.That((stage.LastProposal.Entry.Epoch, stage.LastProposal.Entry.IsAlive), Is.EqualTo((4, true)),
            "at the next epoch it may have voted for another process");
    }

    /// <summary>Its list does not have it, so nobody would watch it.</summary>
    [Test]
    public void A_member_in_doubt_that_no_vote_confirms_is_removed()
    {
        var stage = WithoutDisk();
        TellsAgainAndAgain(stage, Entry, RoundsToVote);
        stage.ProbesRunOut();

        TellsAgainAndAgain(stage, Entry, RoundsToVote);
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(Entry.AsRemoved()));
        stage.ProbesRunOut();
        stage.VotesYes(stage.Others[0], stage.LastProposal.Proposal, Entry.AsRemoved());

        Assert.That(stage.Members(), Is.EqualTo(new[] { Entry.AsRemoved() }));
    }

    [Test]
    public void Doubts_are_forgotten_with_what_settles_them()
    {
        var stage = new SeedNodeStage();
        var before = stage.Host.Node.TableEntries;
        TellsAgainAndAgain(stage, Entry, RoundsToVote - 1);
        TellsAgainAndAgain(stage, Entry.AsRemoved(), RoundsToVote - 1);

        stage.OthersAgreeOn(Cast.Member(Member, epoch: 3, process: 1));
        stage.Host.Waits(4 * stage.Options.RoundTimeout);

        Assert.That(stage.Host.Node.TableEntries, Is.EqualTo(before + 1), "the member itself and nothing beside it");
    }

    /// <summary>The first crash took the disk, the second one finds what the first may have cost.</summary>
    [Test]
    public void What_a_lost_disk_may_have_voted_for_stays_closed_after_the_next_crash()
    {
        var learner = WithoutDisk();
        var restarted = new SeedNodeStage(seedNodes: 2, disk: learner.Host.Disk, isTaught: false);
        var another = Cast.Member(Member, epoch: 2, process: 1);

        restarted.Proposes(restarted.Others[0], another);
        restarted.AnswersProbe(Member, process: 1);

        var vote = restarted.Host.SentTo<Vote>(restarted.Others[0]).Single();
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, RefusalReason.AlreadyVoted)));
    }

    /// <summary>One of two seed nodes, taught by the other.</summary>
    private static SeedNodeStage WithoutDisk()
    {
        var stage = new SeedNodeStage(seedNodes: 2, isTaught: false);
        var claim = new Claim(stage.NextOf(stage.Others[0]), Entry);
        stage.Teaches(stage.Others[0], [claim]);
        stage.OutlivesLostVotes();
        stage.Teaches(stage.Others[0], [claim]);
        return stage;
    }

    /// <summary>
    /// Two disks too many were lost, and the address was given away again at a lower epoch: its process is registered
    /// above the membership that only one seed node knows.
    /// </summary>
    [TestCase(5, true)]
    [TestCase(4, false)]
    public void A_process_that_answers_for_an_unlisted_member_is_registered_above_it(int seedNodes, bool isBelieved)
    {
        var stage = new SeedNodeStage(seedNodes);
        stage.OthersAgreeOn(Cast.Member(Member, epoch: 1, process: 1));
        for (var vote = 0; vote < 2; vote++)
        {
            TellsAgainAndAgain(stage, Entry, RoundsToVote + 1);
            stage.AnswersProbe(Member, process: 1);
        }

        var last = stage.LastProposal.Entry;
        Assert.That(
            (last.Epoch, last.NodeId) == (Entry.Epoch + 1, Cast.ProcessAt(Member, 1)), Is.EqualTo(isBelieved),
            "one of four may lie in secret, and then one teller is not enough");
        Assert.That(stage.Members().Single().Epoch, Is.EqualTo(1), "nobody is removed");
    }

    private static void TellsAgainAndAgain(SeedNodeStage stage, MembershipEntry entry, int times)
    {
        for (var time = 0; time < times; time++)
            stage.Teaches(stage.Others[0], [new Claim(new ProposalId(stage.Others[0], 77), entry)]);
    }
}
