using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>Reasons at their edges, in logs in which one event more or less makes the difference.</summary>
internal sealed class HandMadeLogTests
{
    /// <summary>Message 1 of peer 0 and the peer asked about; the judge has to agree.</summary>
    private static Explanation<ReachReason> Judged(LoggedRun run, int peer)
    {
        var history = run.History();
        var (id, address) = (HandMadeLog.IdOf(0, 1), HandMadeLog.Peer(peer));
        var claim = new MessageExplainer(history).Explain(history.Messages.Find(id)!, address);
        var lie = new ReachClaim(new RawLog(run.Lines()), id, address.ToString()).Refute(claim);
        Assert.That(lie, Is.Null, claim.Reason.ToString());
        return claim;
    }

    private static HandMadeLog Line(int peers)
    {
        var log = new HandMadeLog(peers).At(1);
        for (var peer = 1; peer < peers; peer++) log.Link(peer - 1, peer);
        return log;
    }

    [TestCase(15.9, ReachReason.RunEndedFirst)]
    [TestCase(16.1, ReachReason.NotPassedOn)]
    public void A_free_way_for_twice_the_detection_bound_is_a_broken_promise(double later, ReachReason expected)
    {
        var run = Line(2).At(2).Publish(0, 1).EndAt(2 + later);
        var history = run.History();
        var reason = new MessageExplainer(history).Explain(history.Messages.All[0], HandMadeLog.Peer(1)).Reason;

        Assert.That(reason, Is.EqualTo(expected));
    }

    [Test]
    public void A_broken_promise_is_seen_by_the_judge_too() => Assert.That(
        Judged(Line(3).At(2).Publish(0, 1).EndAt(30), 2).Reason, Is.EqualTo(ReachReason.NotPassedOn));

    [Test]
    public void What_a_full_outbox_dropped_is_told_with_how_many()
    {
        var log = Line(2).At(2).Publish(0, 1).At(3).Tell(0, EventKind.OutboxDropped, 1, 17);

        var claim = Judged(log.EndAt(5), 1);

        Assert.That(claim.Reason, Is.EqualTo(ReachReason.DroppedFromFullOutbox));
        Assert.That(claim.Why, Does.Contain("17 messages"));
    }

    [Test]
    public void What_was_dropped_before_the_message_or_long_ago_explains_nothing()
    {
        var before = Line(2).At(1.5).Tell(0, EventKind.OutboxDropped, 1, 17).At(2).Publish(0, 1).EndAt(5);
        var longAgo = Line(2).At(2).Publish(0, 1).At(3).Tell(0, EventKind.OutboxDropped, 1, 17).EndAt(20);

        Assert.That(Judged(before, 1).Reason, Is.EqualTo(ReachReason.RunEndedFirst));
        Assert.That(Judged(longAgo, 1).Reason, Is.EqualTo(ReachReason.NotPassedOn));
    }

    [Test]
    public void Who_had_no_room_said_so() => Assert.That(
        Judged(Line(2).At(2).Publish(0, 1).At(3).Refuse(0, 1, from: 0, to: 1, "Full").EndAt(4), 1).Reason,
        Is.EqualTo(ReachReason.RefusedForRoom));

    [Test]
    public void A_strangers_copy_that_was_dropped_is_no_refusal() => Assert.That(
        Judged(Line(2).At(2).Publish(0, 1).At(3).Refuse(0, 1, from: 0, to: 1, "Stranger").EndAt(4), 1).Reason,
        Is.EqualTo(ReachReason.RunEndedFirst));

    [Test]
    public void What_was_given_up_is_told_and_stays_with_the_process_that_did()
    {
        HandMadeLog GivenUp() => Line(2).At(2).Publish(0, 1).At(3)
            .Tell(1, EventKind.GossipGivenUp, 0, 0, new GossipKey(HandMadeLog.Peer(0), 1, 1));

        var anew = GivenUp().At(4).Tell(1, EventKind.ProcessCrashed, detail: "x").At(5)
            .Tell(1, EventKind.ProcessStarted, detail: new NodeId(99)).Tell(1, EventKind.Registered, number: 2)
            .At(6).Link(0, 1);

        Assert.That(Judged(GivenUp().EndAt(4), 1).Reason, Is.EqualTo(ReachReason.GaveUp));
        Assert.That(Judged(anew.EndAt(7), 1).Reason, Is.Not.EqualTo(ReachReason.GaveUp));
    }

    [Test]
    public void All_who_had_it_are_gone_or_only_the_origin_was_one()
    {
        HandMadeLog Gone(HandMadeLog log) => log.At(4).Tell(0, EventKind.ProcessCrashed, detail: "x")
            .Tell(1, EventKind.Left, number: 1).Unlink(1, 2);

        var withHolder = Gone(Line(3).At(2).Publish(0, 1).At(3).Deliver(0, 1, from: 0, to: 1)).EndAt(5);
        var alone = Gone(Line(3).At(2).Publish(0, 1)).EndAt(5);

        Assert.That(Judged(withHolder, 2).Reason, Is.EqualTo(ReachReason.LostWithItsHolders));
        Assert.That(Judged(alone, 2).Reason, Is.EqualTo(ReachReason.LostWithOrigin));
    }

    [Test]
    public void A_holder_that_got_the_64th_newer_message_has_forgotten_and_with_63_not()
    {
        LoggedRun After(int newest)
        {
            var log = new HandMadeLog(2).At(1);
            for (var number = 1; number <= newest; number++) log.At(1 + (number / 1000.0)).Publish(0, number);
            return log.At(2).Link(0, 1).EndAt(3);
        }

        Assert.That(Judged(After(64), 1).Reason, Is.EqualTo(ReachReason.RunEndedFirst));
        Assert.That(Judged(After(65), 1).Reason, Is.EqualTo(ReachReason.ForgottenByHolders));
    }

    [Test]
    public void A_peer_in_the_middle_that_refuses_it_stands_in_the_way()
    {
        var run = Line(3).At(2).Publish(0, 1).At(3).Refuse(0, 1, from: 0, to: 1, "Full").EndAt(4);

        var claim = Judged(run, 2);

        Assert.That(claim.Reason, Is.EqualTo(ReachReason.RefusedOnTheWay));
        Assert.That(claim.Why, Does.Contain("127.0.0.1:7001"));
    }

    [Test]
    public void A_liar_that_says_it_lacks_nothing_is_offered_nothing()
    {
        var strike = new FaultStrike("byzantine", "mute", [[HandMadeLog.Peer(1)]], Behavior: "dropGossip");
        var log = Line(2).At(2).Strike(strike).Publish(0, 1);

        Assert.That(Judged(log.EndAt(5), 1).Reason, Is.EqualTo(ReachReason.HidesWhatItLacks));
    }

    [Test]
    public void A_liar_sends_what_it_says_itself_and_keeps_what_others_say()
    {
        HandMadeLog Lying(int liar) => Line(3).At(2)
            .Strike(new FaultStrike("byzantine", "mute", [[HandMadeLog.Peer(liar)]], Behavior: "dropGossip"))
            .At(3).Publish(0, 1);

        Assert.That(Judged(Lying(0).EndAt(4), 1).Reason, Is.EqualTo(ReachReason.RunEndedFirst));
        Assert.That(
            Judged(Lying(1).Deliver(0, 1, from: 0, to: 1).EndAt(4), 2).Reason,
            Is.EqualTo(ReachReason.DroppedByByzantine));
    }

    [Test]
    public void A_liar_that_started_again_keeps_nothing_for_itself()
    {
        var run = new HandMadeLog(3).At(1)
            .Strike(new FaultStrike("byzantine", "mute", [[HandMadeLog.Peer(1)]], Behavior: "dropGossip"))
            .At(2).Tell(1, EventKind.ProcessCrashed, detail: "x")
            .At(3).Tell(1, EventKind.ProcessStarted, detail: new NodeId(99)).At(4).Link(0, 1).Link(1, 2)
            .At(5).Publish(0, 1).Deliver(0, 1, from: 0, to: 1).EndAt(6);

        Assert.That(Judged(run, 2).Reason, Is.EqualTo(ReachReason.RunEndedFirst));
    }

    [TestCase("duplicate", ReachReason.RunEndedFirst)]
    [TestCase("slowNode", ReachReason.HeldUpByFault)]
    [TestCase("clockSkew", ReachReason.HeldUpByFault)]
    [TestCase("linkFlap", ReachReason.HeldUpByFault)]
    [TestCase("corrupt", ReachReason.HeldUpByFault)]
    [TestCase("linkBandwidth", ReachReason.HeldUpByFault)]
    public void A_fault_that_slows_or_harms_the_link_holds_it_up(string word, ReachReason expected)
    {
        var strike = new FaultStrike(word, "f", [[HandMadeLog.Peer(1)]]);
        var elsewhere = new FaultStrike(word, "f", [[HandMadeLog.Peer(2)]]);
        HandMadeLog Under(FaultStrike fault) =>
            Line(2).At(2).Strike(fault).Publish(0, 1);

        Assert.That(Judged(Under(strike).EndAt(5), 1).Reason, Is.EqualTo(expected));
        Assert.That(Judged(Under(elsewhere).EndAt(5), 1).Reason, Is.EqualTo(ReachReason.RunEndedFirst));
        Assert.That(
            Judged(Under(strike).At(3).EndFault(strike).EndAt(5), 1).Reason,
            Is.EqualTo(ReachReason.RunEndedFirst));
    }

    [Test]
    public void Half_a_link_carried_nothing_and_a_whole_one_that_ended_did_not_in_time()
    {
        var half = new HandMadeLog(2).At(1).Tell(1, EventKind.NeighborAdded, 0, 1).At(2).Publish(0, 1)
            .At(3).Tell(1, EventKind.NeighborRemoved, 0, 1).EndAt(4);
        var whole = new HandMadeLog(2).At(1).Tell(1, EventKind.NeighborAdded, 0, 1).At(2).Publish(0, 1)
            .At(2.5).Tell(0, EventKind.NeighborAdded, 1, 1).At(3).Tell(0, EventKind.NeighborRemoved, 1, 1).EndAt(4);

        Assert.That(Judged(half, 1).Reason, Is.EqualTo(ReachReason.NotLinked));
        Assert.That(Judged(whole, 1).Reason, Is.EqualTo(ReachReason.LinkBrokenOnTheWay));
    }

    [Test]
    public void A_link_with_the_next_process_of_a_holder_was_none_with_a_holder()
    {
        var run = new HandMadeLog(3).At(1).Link(0, 2).At(2).Publish(0, 1).Deliver(0, 1, from: 0, to: 2)
            .At(3).Tell(0, EventKind.ProcessCrashed, detail: "x")
            .At(4).Tell(0, EventKind.ProcessStarted, detail: new NodeId(99)).At(5).Link(0, 1).At(6).Unlink(0, 1)
            .EndAt(7);

        Assert.That(Judged(run, 1).Reason, Is.EqualTo(ReachReason.NotLinked));
    }

    [TestCase(true, ReachReason.CutOff)]
    [TestCase(false, ReachReason.HeldUpByFault)]
    public void A_cut_counts_in_the_direction_in_which_it_cuts(bool towards, ReachReason expected)
    {
        NodeAddress[][] groups = [[HandMadeLog.Peer(0)], [HandMadeLog.Peer(1)]];
        if (!towards) Array.Reverse(groups);
        var strike = new FaultStrike("cut", "cut", groups, OneWay: true, MayIsolate: true);

        var run = Line(2).At(2).Strike(strike).Publish(0, 1).EndAt(5);

        Assert.That(Judged(run, 1).Reason, Is.EqualTo(expected));
    }
}
