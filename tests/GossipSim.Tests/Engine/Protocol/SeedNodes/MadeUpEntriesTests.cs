using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>What one lying seed node may say to an honest one, and what must not come of it.</summary>
[TestFixture]
internal sealed class MadeUpEntriesTests
{
    private static readonly NodeAddress Member = Cast.Peer(0);
    private static readonly NodeAddress Reporter = Cast.Peer(1);
    private static readonly MembershipEntry Entry = Cast.Member(Member, epoch: 2);
    private static readonly MembershipEntry Other = Cast.Member(Member, epoch: 2, process: 5);
    private readonly SeedNodeStage stage = new();

    private RecordingHost Host => stage.Host;

    private NodeAddress Liar => stage.Others[0];

    [TestCase(2, 5)]
    [TestCase(7, 0)]
    public void A_made_up_removal_leaves_an_honest_report_a_round_of_its_own(int epoch, int process)
    {
        stage.OthersAgreeOn(Entry);
        stage.OthersAgreeOn(Cast.Member(Reporter));
        var madeUp = Cast.Member(Member, epoch, process: process).AsRemoved();
        for (var time = 0; time < 4; time++) stage.Teaches(Liar, [new Claim(stage.NextOf(Liar), madeUp)]);
        var first = stage.LastProposal;
        Assert.That(first.Entry, Is.EqualTo(madeUp), "told often enough, it is voted on");

        stage.Reports(Reporter, Entry);

        Assert.That(stage.LastProposal.Entry, Is.EqualTo(Entry.AsRemoved()));
        Assert.That(stage.LastProposal.Proposal, Is.Not.EqualTo(first.Proposal));
    }

    [Test]
    public void A_refusal_that_was_not_asked_for_uses_up_no_epoch_and_no_memory()
    {
        var before = Host.Node.TableEntries;
        for (var peer = 0; peer < 50; peer++)
        {
            var entry = Cast.Member(Cast.Peer(peer), epoch: int.MaxValue - 1);
            stage.VotesNo(Liar, stage.NextOf(Liar), entry, RefusalReason.AlreadyVoted, entry);
        }

        Assert.That(Host.Node.TableEntries, Is.EqualTo(before));
        stage.AsksToRegister(Member);
        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(1));
    }

    [Test]
    public void A_refusal_with_an_epoch_far_ahead_does_not_keep_the_peer_out()
    {
        stage.AsksToRegister(Member);
        var proposed = stage.LastProposal;
        var ahead = proposed.Entry with { Epoch = int.MaxValue, NodeId = new NodeId(9) };
        foreach (var other in stage.Others)
            stage.VotesNo(other, proposed.Proposal, proposed.Entry, RefusalReason.OldEpoch, ahead);

        Host.Waits(stage.Options.VoteTimeout);

        Assert.That(stage.LastProposal.Proposal, Is.Not.EqualTo(proposed.Proposal), "it tries again");
        Assert.That(stage.LastProposal.Entry.Epoch, Is.EqualTo(1));
    }

    [Test]
    public void No_vote_is_given_at_an_epoch_far_ahead_even_if_the_process_answers()
    {
        stage.Proposes(Liar, Cast.Member(Member, epoch: int.MaxValue));
        stage.AnswersProbe(Member);

        Assert.That(Host.All<Vote>().Select(vote => vote.Yes), Is.EqualTo(new[] { false }));
    }

    [TestCase(long.MaxValue)]
    [TestCase(-1)]
    public void A_stamp_that_no_honest_seed_node_gives_is_not_taken_from_anybody(long stamp)
    {
        stage.OthersAgreeOn(Entry with { JoinStamp = stamp });
        stage.Proposes(Liar, Entry with { JoinStamp = stamp });
        stage.AnswersProbe(Member, epoch: 2);

        Assert.That(stage.Members(), Is.Empty);
        Assert.That(Host.All<Vote>(), Is.Empty);
    }

    [Test]
    public void Who_voted_for_one_process_does_not_vote_to_remove_another_at_that_epoch()
    {
        stage.Proposes(stage.Others[1], Entry);
        stage.AnswersProbe(Member);
        Assert.That(Host.All<Vote>()[^1].Yes, Is.True);
        Host.TurnsPage();

        stage.Proposes(Liar, Other.AsRemoved());
        stage.ProbesRunOut();

        Assert.That(Host.All<Vote>().Where(vote => vote.Entry == Other.AsRemoved()).Select(vote => vote.Yes),
            Is.EqualTo(new[] { false }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Who_voted_to_remove_one_process_does_not_vote_for_another_at_that_epoch(bool startsAgain)
    {
        stage.Proposes(Liar, Other.AsRemoved());
        stage.ProbesRunOut();
        Assert.That(Host.All<Vote>()[^1].Yes, Is.True);
        var now = startsAgain ? new SeedNodeStage(disk: Host.Disk, isTaught: false) : stage;
        now.Host.TurnsPage();

        var proposal = now.Proposes(stage.Others[1], Entry);
        now.AnswersProbe(Member);

        var vote = now.Host.All<Vote>().Single(vote => vote.Proposal == proposal);
        Assert.That((vote.Yes, vote.Reason), Is.EqualTo((false, RefusalReason.AlreadyVoted)));
    }

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void Where_one_may_lie_two_must_tell_of_an_unlisted_member_before_it_is_removed(int tellers, bool isRemoved)
    {
        var wary = new SeedNodeStage(seedNodes: 4, options: new SeedNodeOptions
        {
            SeedNodes = [], QuorumRule = QuorumRule.Byzantine, ByzantineFaults = 1,
        });
        foreach (var teller in wary.Others.Take(tellers))
            wary.Teaches(teller, [new Claim(wary.NextOf(teller), Entry)]);
        var proposal = wary.Proposes(wary.Others[0], Entry.AsRemoved());
        wary.ProbesRunOut();

        var votes = wary.Host.SentTo<Vote>(wary.Others[0]).Where(vote => vote.Proposal == proposal);
        Assert.That(votes.Select(vote => vote.Yes), Is.EqualTo(new[] { isRemoved }));
    }

    [Test]
    public void Entries_made_up_without_end_fill_no_memory()
    {
        for (var page = 0; page < 100; page++)
        {
            var first = 200 * page;
            stage.Teaches(Liar, [.. Enumerable.Range(first, 200).Select(number =>
                new Claim(stage.NextOf(Liar), Entry with { NodeId = new NodeId((ulong)number + 1) }))]);
            Host.Waits(4 * stage.Options.RoundTimeout);
        }

        Assert.That(Host.Node.TableEntries, Is.LessThan(6_000));
    }
}
