using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class MembershipMeasureTests
{
    [Test]
    public void A_change_is_counted_once_however_many_seed_nodes_commit_it()
    {
        var membership = RecordedRun.WithLineOf(4).MeasureAt(30).Membership;

        Assert.That((membership.Changes, membership.ChangesWithoutQuorum), Is.EqualTo((4, 0)));
        Assert.That(membership.SeedsAgree, Is.True);
        Assert.That(membership.ReconvergenceMs, Is.Null, "nothing disturbed the seed nodes");
    }

    [Test]
    public void A_registration_that_two_coordinators_brought_in_is_one_change()
    {
        var run = RecordedRun.WithLineOf(1);
        var ballot = run.Story.BallotOn(7001, 1, alive: true, []);
        var later = ballot with { Entry = ballot.Entry with { JoinStamp = ballot.Entry.JoinStamp + 1 } };
        run.Story.At(5).Tell(6000, EventKind.EntryCommitted, 7001, detail: ballot)
            .Tell(6001, EventKind.EntryCommitted, 7001, detail: later);

        Assert.That(run.MeasureAt(30).Membership.Changes, Is.EqualTo(2), "that of the line, and this one");
    }

    [Test]
    public void Votes_of_strangers_and_votes_counted_twice_make_no_quorum()
    {
        var run = RecordedRun.WithLineOf(1);
        run.Story.At(5).Commit(6000, 7001, 1, alive: true, RunStory.SeedNodes[0], RunStory.SeedNodes[0])
            .Commit(6000, 7002, 1, alive: true, RunStory.SeedNodes[0], RunStory.Address(7000))
            .Commit(6000, 7003, 1, alive: true, RunStory.SeedNodes[0], RunStory.SeedNodes[2]);

        Assert.That(run.MeasureAt(30).Membership.ChangesWithoutQuorum, Is.EqualTo(2));
    }

    [Test]
    public void Live_seed_nodes_with_unequal_lists_do_not_agree()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(5).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false);

        Assert.That(run.MeasureAt(30).Membership.SeedsAgree, Is.False);
    }

    [Test]
    public void A_seed_node_that_is_down_has_no_say()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(4).Crash(6002).At(5).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false);

        Assert.That(run.MeasureAt(30).Membership.SeedsAgree, Is.True);
    }

    [Test]
    public void Reconvergence_lasts_from_the_restart_until_the_lists_are_equal()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(4).Crash(6002).At(10).StartSeedNode(6002, start: 1)
            .Tell(6002, EventKind.EntryRecalled, 7000, detail: run.Story.BallotOn(7000, 1, alive: true, []))
            .At(11.25).Commit(6002, 7001, 1, alive: true);

        var membership = run.MeasureAt(30).Membership;

        Assert.That(membership.SeedsAgree, Is.True);
        Assert.That(membership.ReconvergenceMs, Is.EqualTo(1250));
    }

    [Test]
    public void Reconvergence_starts_anew_at_the_heal()
    {
        var run = RecordedRun.WithLineOf(2);
        var groups = new NodeAddress[][] { [RunStory.SeedNodes[2]], RunStory.SeedNodes[..2] };
        run.Story.At(4).Tell(0, EventKind.FaultStruck, detail: RunStory.Partition("split", groups))
            .At(6).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false)
            .At(20).Tell(0, EventKind.FaultEnded, detail: new FaultStrike("partition", "split", []))
            .At(20.5).Commit(6002, 7001, 1, alive: false);

        Assert.That(run.MeasureAt(30).Membership.ReconvergenceMs, Is.EqualTo(500));
    }
}
