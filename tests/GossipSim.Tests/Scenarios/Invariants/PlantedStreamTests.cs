using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>
/// Each promise broken once, in a run told event by event: its checker says so, and no other one does.
/// </summary>
[TestFixture]
internal sealed class PlantedStreamTests
{
    private const int Peers = 4;

    private static readonly QuietTimings Timings = new(TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(16));

    private InvariantWatch watch = null!;
    private RunStory story = null!;

    [SetUp]
    public void TellFormation()
    {
        watch = WatchWaiving();
        story = Begin(watch);
    }

    [Test]
    public void There_is_a_checker_for_every_promise()
    {
        Assert.That(watch.Outcomes().Select(row => row.Name), Is.EquivalentTo(InvariantSettings.Names));
        Assert.That(watch.Outcomes().Count, Is.EqualTo(13));
    }

    [Test]
    public void A_run_with_a_crash_that_goes_well_breaks_nothing()
    {
        CrashStory.TellScenario(story, Peers);
        var wasQuietEarly = watch.WasQuiet;
        watch.JudgeQuiet(Instant.FromSeconds(60));

        Assert.That(wasQuietEarly, Is.False);
        Assert.That(watch.WasQuiet, Is.True);
        Assert.That(Broken(), Is.Empty);
        Assert.That(watch.IsViolated, Is.False);
    }

    [Test]
    public void A_change_on_too_few_votes_breaks_quorumForEveryChange()
    {
        story.At(5).Commit(6001, 7003, 2, alive: true, voters: [Address(6001)]);

        AssertOnly("quorumForEveryChange", 5, 6001);
    }

    [Test]
    public void One_voter_counted_twice_and_a_stranger_are_no_quorum()
    {
        story.At(5).Commit(6001, 7003, 2, alive: true, voters: [Address(6001), Address(6001), Address(7000)]);

        AssertOnly("quorumForEveryChange", 5, 6001);
    }

    [Test]
    public void Two_processes_at_one_epoch_break_oneNodeIdPerEpoch()
    {
        Tell(6001, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 2, process: 1)));
        Tell(6002, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 2, process: 2)));

        AssertOnly("oneNodeIdPerEpoch", 5, 6002, 7002);
    }

    [Test]
    public void Two_votes_at_one_epoch_break_oneRegistrationVotePerEpoch_even_across_a_restart()
    {
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 1)));
        Tell(6000, EventKind.VoteHeard, 7002, Yes(RunStory.Entry(7002, 2, process: 1)));
        story.Crash(6001).StartSeedNode(6001, start: 1);
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 2)));

        AssertOnly("oneRegistrationVotePerEpoch", 5, 6001);
        var found = watch.Outcomes().Single(row => row.Violated).Event;
        Assert.That(found, Does.Match("^event [0-9]+, voteCast at 127.0.0.1:6001 about 127.0.0.1:7002$"));
    }

    [Test]
    public void A_vote_that_nobody_heard_before_its_process_died_was_none()
    {
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 1)));
        story.Crash(6001).StartSeedNode(6001, start: 1);
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 2)));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void Two_votes_of_a_seed_node_that_the_run_made_lie_are_no_breach()
    {
        var lie = new FaultStrike("byzantine", "liar", [[Address(6001)]], Behavior: "doubleVote");
        story.At(4).Tell(0, EventKind.FaultStruck, detail: lie);
        Tell(6000, EventKind.VoteHeard, 7002, Yes(RunStory.Entry(7002, 2, process: 1)));
        Tell(6000, EventKind.VoteHeard, 7002, Yes(RunStory.Entry(7002, 2, process: 2)));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void Votes_of_NO_and_votes_on_a_removal_bind_nobody()
    {
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 1)));
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 2)) with { Yes = false });
        Tell(6001, EventKind.VoteCast, 7002, Yes(RunStory.Entry(7002, 2, process: 3, alive: false)));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void A_removed_member_that_comes_back_breaks_membershipNeverGoesBack()
    {
        story.At(4).Crash(7002);
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002, alive: false)));
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002)));

        AssertOnly("membershipNeverGoesBack", 5, 6000, 7002);
    }

    [Test]
    public void A_seed_node_that_lost_its_disk_may_learn_the_same_entries_again()
    {
        story.At(4).Crash(7002);
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002, alive: false)));
        story.At(6).Crash(6000).StartSeedNode(6000, start: 1);
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002, alive: false)));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void Removing_the_living_breaks_noFalseRemoval()
    {
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002, alive: false)));

        AssertOnly("noFalseRemoval", 5, 7002);
    }

    [Test]
    public void Removing_the_paused_is_no_false_removal()
    {
        story.At(3).Tell(7002, EventKind.ProcessPaused);
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(RunStory.Entry(7002, 1, process: 7002, alive: false)));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void A_removal_is_judged_by_when_its_votes_were_cast_and_not_by_when_somebody_counted_them()
    {
        var removal = RunStory.Entry(7000, 1, process: 7000, alive: false);
        story.At(3).Tell(0, EventKind.FaultStruck, detail: Split())
            .At(5).Tell(6000, EventKind.VoteCast, 7000, detail: Yes(removal))
            .Tell(6001, EventKind.VoteCast, 7000, detail: Yes(removal))
            .At(6).Tell(0, EventKind.FaultEnded, detail: Split())
            .At(20).Tell(6002, EventKind.EntryCommitted, 7000, number: 1, detail: Decided(removal));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void A_vote_counted_across_a_partition_breaks_minoritySideFrozen()
    {
        story.At(3).Crash(7002).At(4).Tell(0, EventKind.FaultStruck, detail: Split());
        var removal = RunStory.Entry(7002, 1, process: 7002, alive: false);
        Tell(6001, EventKind.VoteCast, 7002, Yes(removal));
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(removal));

        AssertOnly("minoritySideFrozen", 5, 6000, 6001);
    }

    [Test]
    public void A_vote_given_before_the_cut_may_be_counted_behind_it()
    {
        var removal = RunStory.Entry(7002, 1, process: 7002, alive: false);
        story.At(3).Crash(7002).Tell(6001, EventKind.VoteCast, 7002, detail: Yes(removal))
            .At(4).Tell(0, EventKind.FaultStruck, detail: Split());
        Tell(6000, EventKind.EntryCommitted, 7002, Decided(removal));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void Lists_that_differ_break_seedsAgreeWhenQuiet()
    {
        story.At(4).Crash(7002).Unlink(7001, 7002).Unlink(7002, 7003).At(5);
        foreach (var seedNode in new[] { 6000, 6001 })
            story.Tell(seedNode, EventKind.EntryCommitted, 7002, detail: Decided(
                RunStory.Entry(7002, 1, process: 7002, alive: false)));
        watch.JudgeQuiet(Instant.FromSeconds(40));

        // The third list also names a process that does not run.
        Assert.That(Broken(), Is.EquivalentTo(new[] { "seedsAgreeWhenQuiet", "crashedEventuallyRemoved" }));
        AssertTold("seedsAgreeWhenQuiet", 40, 6000, 6001, 6002);
    }

    [Test]
    public void A_member_that_does_not_run_breaks_crashedEventuallyRemoved()
    {
        story.At(5).Crash(7002).Unlink(7001, 7002).Unlink(7002, 7003);
        watch.JudgeQuiet(Instant.FromSeconds(40));

        AssertOnly("crashedEventuallyRemoved", 40, 6000, 7002);
    }

    [Test]
    public void Without_a_quorum_of_seed_nodes_nobody_need_be_removed()
    {
        story.At(5).Crash(7002).Unlink(7001, 7002).Unlink(7002, 7003).Crash(6000).Crash(6001);
        watch.JudgeQuiet(Instant.FromSeconds(40));

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void An_overlay_in_parts_breaks_overlayConnectedWhenQuiet()
    {
        story.At(5).Unlink(7000, 7001).Unlink(7002, 7003);
        watch.JudgeQuiet(Instant.FromSeconds(40));

        AssertOnly("overlayConnectedWhenQuiet", 40, 7000, 7003);
    }

    [Test]
    public void A_link_that_one_end_knows_breaks_overlayConnectedWhenQuiet()
    {
        story.At(5).Tell(7000, EventKind.NeighborAdded, 7002, 1);
        watch.JudgeQuiet(Instant.FromSeconds(40));

        AssertOnly("overlayConnectedWhenQuiet", 40);
    }

    [Test]
    public void Unrest_without_end_breaks_overlayConnectedWhenQuiet()
    {
        watch.NoteNeverQuiet(Instant.FromSeconds(600), TimeSpan.FromSeconds(600));

        AssertOnly("overlayConnectedWhenQuiet", 600);
    }

    [Test]
    public void A_message_handled_twice_breaks_messageHandledOncePerIncarnation()
    {
        story.At(4).Publish(7000, 1);
        foreach (var port in new[] { 7001, 7002, 7003 }) story.Deliver(port, 7000, 7000, 1);
        story.At(5).Deliver(7002, 7001, 7000, 1);

        AssertOnly("messageHandledOncePerIncarnation", 5, 7002);
    }

    [Test]
    public void The_next_process_at_an_address_may_get_an_old_message()
    {
        story.At(4).Publish(7000, 1).Deliver(7002, 7001, 7000, 1).Crash(7002).Join(7002, epoch: 2)
            .At(5).Deliver(7002, 7001, 7000, 1);

        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public void A_message_that_a_live_peer_never_gets_breaks_gossipReachesLiveComponent()
    {
        story.At(5).Publish(7000, 1).Deliver(7001, 7000, 7000, 1).Deliver(7003, 7000, 7000, 1);
        watch.JudgeQuiet(Instant.FromSeconds(40));

        AssertOnly("gossipReachesLiveComponent", 40, 7002);
    }

    [Test]
    public void Tables_without_bounds_break_boundedMemory()
    {
        watch.MeasureMemory(Address(7001), isSeedNode: false, entries: 60_000, Instant.FromSeconds(4));
        Assert.That(Broken(), Is.Empty);

        watch.MeasureMemory(Address(7001), isSeedNode: false, entries: 600_000, Instant.FromSeconds(5));
        watch.JudgeQuiet(Instant.FromSeconds(5));

        AssertOnly("boundedMemory", 5, 7001);
    }

    [Test]
    public void Two_messages_under_one_id_break_uniqueMessageIds()
    {
        foreach (var (at, port) in new[] { (4, 7000), (5, 7001) })
        {
            var said = new Gossip("1767225604:127.0.0.1:1", Address(port), 1, 1, "text");
            story.At(at).Tell(port, EventKind.GossipPublished, number: 1, detail: said);
        }

        AssertOnly("uniqueMessageIds", 5, 7000, 7001);
    }

    [Test]
    public void A_fault_without_end_leaves_no_quiet()
    {
        story.At(5).Tell(0, EventKind.FaultStruck, detail: Split());
        watch.JudgeQuiet(Instant.FromSeconds(400));

        Assert.That((watch.WasQuiet, watch.HasOngoingFault), Is.EqualTo((false, true)));

        story.At(401).Tell(0, EventKind.FaultEnded, detail: new FaultStrike("partition", "split", []));
        watch.JudgeQuiet(Instant.FromSeconds(424));
        Assert.That((watch.WasQuiet, watch.HasOngoingFault), Is.EqualTo((false, false)));
        watch.JudgeQuiet(Instant.FromSeconds(425));
        Assert.That(watch.WasQuiet, Is.True);
    }

    [Test]
    public void A_waived_breach_is_counted_and_not_held_against_the_run()
    {
        watch = WatchWaiving("noFalseRemoval");
        story = Begin(watch);

        foreach (var port in new[] { 7001, 7002 })
            Tell(6000, EventKind.EntryCommitted, port, Decided(RunStory.Entry(port, 1, (ulong)port, alive: false)));

        Assert.That(Broken(), Is.Empty);
        Assert.That(watch.IsViolated, Is.False);
        Assert.That(watch.Waived()["noFalseRemoval"], Is.EqualTo(2));
        var cost = watch.Outcomes().Single(row => row.Name == "noFalseRemoval").Detail;
        Assert.That(cost, Does.StartWith("D1: flawed by its document. First: 127.0.0.1:7001 was removed"));
    }

    private static InvariantWatch WatchWaiving(params string[] waived) =>
        new(RunStory.Facts, Timings, waived.ToDictionary(name => name, _ => "D1: flawed by its document"));

    private static RunStory Begin(InvariantWatch watch)
    {
        var story = new RunStory(watch);
        CrashStory.TellFormation(story, Peers);
        // Scenario time 0 at the run's own, so that times in the tests are one.
        watch.MarkScenarioStart(Instant.Zero);
        return story;
    }

    private static NodeAddress Address(int port) => RunStory.Address(port);

    private static Ballot Decided(MembershipEntry entry) =>
        new(new ProposalId(Address(6000), 99), entry, Quorum: 2, RunStory.SeedNodes[..2]);

    private static Ballot Yes(MembershipEntry entry) => Decided(entry) with { Voter = Address(6001), Yes = true };

    private static FaultStrike Split() => RunStory.Partition(
        "split", [[Address(6000), Address(7000)], [Address(6001), Address(6002), Address(7001)]]);

    private void Tell(int port, EventKind kind, int about, Ballot ballot) =>
        story.At(5).Tell(port, kind, about, detail: ballot);

    private string[] Broken() => [.. watch.Outcomes().Where(row => row.Violated).Select(row => row.Name).Distinct()];

    private void AssertOnly(string invariant, double seconds, params int[] ports)
    {
        Assert.That(Broken(), Is.EqualTo(new[] { invariant }));
        Assert.That(watch.IsViolated, Is.True);
        AssertTold(invariant, seconds, ports);
    }

    private void AssertTold(string invariant, double seconds, params int[] ports)
    {
        InvariantOutcome breach = watch.Outcomes().First(row => row.Violated && row.Name == invariant);
        Assert.That(breach.AtSeconds, Is.EqualTo(seconds).Within(1e-6));
        Assert.That(breach.Nodes, Is.SupersetOf(ports.Select(port => $"127.0.0.1:{port}")));
        Assert.That(breach.Detail, Is.Not.Empty);
    }
}
