using GossipSim.Scenarios.Demo;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

/// <summary>The numbers that the texts say are those of the network: counted here from what the steps show.</summary>
[TestFixture]
internal sealed class DemoNumbersTests
{
    private static readonly IReadOnlyList<DemoStep> overlay = Demos.Usual.StepsOf(DemoPhase.OverlayConstruction);
    private static readonly IReadOnlyList<DemoStep> gossip = Demos.Usual.StepsOf(DemoPhase.GossipDissemination);
    private static readonly IReadOnlyList<DemoStep> failure = Demos.Usual.StepsOf(DemoPhase.FailureDetection);
    private static readonly IReadOnlyList<DemoStep> removal = Demos.Usual.StepsOf(DemoPhase.DeadNodeRemoval);

    private static string Seconds(double seconds) => $"{seconds:0.#} seconds";

    [Test]
    public void The_phases_are_those_of_document_003_in_its_order() => Assert.That(
        DemoPhases.All.Select(DemoPhases.TitleOf),
        Is.EqualTo(new[]
        {
            "Seed Initialization", "Peer Registration", "Overlay Construction", "Gossip Dissemination",
            "Failure Detection", "Dead-Node Removal",
        }));

    [Test]
    public void Seed_nodes_get_ready_one_by_one_and_then_say_how_many_must_agree()
    {
        var steps = Demos.Usual.StepsOf(DemoPhase.SeedInitialization);
        var ready = steps.Titled("is ready");

        Assert.That(steps.Titled("starts"), Has.Count.EqualTo(3));
        Assert.That(
            ready.Select(step => step.Text[0].Split("Ready: ")[1]),
            Is.EqualTo(new[] { "one of three.", "two of three.", "three of three." }));
        Assert.That(ready.SelectMany(step => step.States), Has.All.Matches<DemoState>(s => s.Look == DemoLook.Ready));
        Assert.That(steps[^1].Title, Is.EqualTo("Two of three must agree"));
    }

    [Test]
    public void A_vote_goes_to_each_other_seed_node_once_after_the_peer_has_answered()
    {
        foreach (var step in Demos.Usual.StepsOf(DemoPhase.PeerRegistration).Titled("votes YES on"))
        {
            var (voter, peer) = (step.Nodes[0], step.Nodes[1]);
            var others = new[] { 0, 1, 2 }.Where(other => other != voter);

            Assert.That(step.Messages[0], Is.EqualTo(new DemoMessage(peer, voter, DemoWord.Pong)));
            Assert.That(
                step.Messages.Skip(1),
                Is.EqualTo(others.Select(other => new DemoMessage(voter, other, DemoWord.VoteYes, Wave: 1))));
            Assert.That(step.Tables[0].Marked, Is.EqualTo(new[] { voter }));
        }
    }

    [Test]
    public void The_end_of_the_overlay_counts_the_links_that_stand()
    {
        var links = Demos.LinksAfter(overlay);
        var degrees = Enumerable.Range(3, 8)
            .ToDictionary(peer => $"{peer + 6997}", peer => links.Count(l => l.Item1 == peer || l.Item2 == peer));
        var rows = overlay[^1].Tables[0].Rows;

        Assert.That(overlay[^1].Title, Is.EqualTo($"The overlay stands: eight peers, {links.Count} links"));
        Assert.That(
            rows.Select(row => (row[0], row[1])),
            Is.EquivalentTo(degrees.Select(degree => (degree.Key, $"{degree.Value}"))));
        Assert.That(overlay[^1].Text[0], Is.EqualTo(
            $"Peer {rows[0][0]} has most links, {degrees.Values.Max()};"
            + $" nobody has fewer than {degrees.Values.Min()}."));
    }

    [Test]
    public void The_message_comes_over_links_that_stand_and_its_hops_are_counted()
    {
        var links = Demos.LinksAfter(overlay);
        var hops = new Dictionary<int, int> { [gossip[0].Nodes[0]] = 0 };
        foreach (var step in gossip.Titled("for the first time"))
        {
            var message = step.Messages.Single();
            hops.Add(message.To, hops[message.From] + 1);
            var ends = (Math.Min(message.From, message.To), Math.Max(message.From, message.To));
            Assert.That(links, Does.Contain(ends));
            Assert.That(step.Text[0], Does.Contain($", after {NumberWords.Count(hops[message.To], "hop")}."));
            Assert.That(step.Text[1], Is.EqualTo($"Reached: {hops.Count} of 8 peers."));
        }

        Assert.That(gossip[^1].Text[0], Does.EndWith($"at most {NumberWords.Count(hops.Values.Max(), "hop")}."));
        Assert.That(
            gossip[^1].Text[0],
            Does.StartWith($"It took {1000 * (gossip.Titled("for the first")[^1].Seconds - gossip[0].Seconds):0} "));
    }

    [Test]
    public void The_pause_lasts_as_long_as_it_says_and_all_is_as_before_when_it_ends()
    {
        var (stop, goesOn) = (failure.Titled("We stop")[0], failure.Titled("goes on")[0]);
        var victim = stop.Nodes.Single();

        Assert.That(failure[0].States.Select(state => (state.Node, state.Look)), Is.EqualTo(
            Enumerable.Range(3, 8).Select(peer => (peer, DemoLook.Member))));
        Assert.That(stop.States, Is.EqualTo(new[] { new DemoState(victim, DemoLook.Stopped) }));
        Assert.That(stop.Title, Does.EndWith($"only for {Seconds(goesOn.Seconds - stop.Seconds)}"));
        Assert.That(goesOn.States, Is.EqualTo(new[] { new DemoState(victim, DemoLook.Member) }));
        Assert.That(failure.Titled("again")[^1].Tables[0].Rows.Select(row => row[1]), Has.All.EqualTo("0 of 3"));
    }

    [Test]
    public void Each_miss_is_a_ping_that_is_lost_on_its_way_to_the_victim()
    {
        var victim = failure[0].Nodes[0];
        foreach (var step in failure.Titled(": missed"))
        {
            Assert.That(
                step.Messages, Is.EqualTo(new[] { new DemoMessage(step.Nodes[0], victim, DemoWord.Ping, 0, true) }));
            var row = step.Tables[0].Rows[step.Tables[0].Marked.Single()];
            Assert.That(row[0], Is.EqualTo(step.Title[5..9]));
            Assert.That(row[1], Is.EqualTo(step.Title[^6..]));
        }
    }

    [Test]
    public void Suspicion_and_report_say_how_long_it_took_and_how_many_witnesses_agree()
    {
        var crash = failure.Titled("really dies")[0];
        var answers = failure.Titled("says: DEAD");
        var report = failure.Titled("will report it")[0];
        var asked = report.Tables[0].Rows.Count;

        foreach (var step in failure.Titled("now suspects"))
        {
            Assert.That(step.Text[0], Does.Contain($"; {Seconds(step.Seconds - crash.Seconds)} have passed since"));
            Assert.That(step.Text[1], Does.Contain($"asks {NumberWords.Of(step.Tables[0].Rows.Count)} other peers"));
        }

        for (var heard = 1; heard <= answers.Count; heard++)
            Assert.That(
                answers[heard - 1].Text[0],
                Does.EndWith($"That makes {NumberWords.Of(heard)} of {NumberWords.Of(asked)} for DEAD."));
        Assert.That(
            report.Text[0],
            Does.StartWith($"{NumberWords.Big(answers.Count)} of {NumberWords.Of(asked)} witnesses found"));
        Assert.That(failure[^1].Text[1], Does.Contain($"costs {Seconds(report.Seconds - crash.Seconds)} here"));
    }

    [Test]
    public void Reporters_are_counted_one_by_one_and_all_are_told_of_the_removal()
    {
        var neighbors = failure[0].Nodes.Skip(1);
        var further = removal.Titled("reports the same");
        var told = removal.Titled("is removed").Single().Messages;

        Assert.That(
            further.Select(step => step.Text[1].Split("that makes ")[1].Split('.')[0]),
            Is.EqualTo(new[] { "two reporters", "three reporters" }));
        Assert.That(told.Select(message => message.To), Is.EquivalentTo(neighbors));
        Assert.That(told, Has.All.Matches<DemoMessage>(message => message.Word == DemoWord.Removed));
        Assert.That(
            removal.Titled("let go of").Single().Links.Select(link => (link.One, link.Stands)),
            Is.EquivalentTo(neighbors.Select(neighbor => (neighbor, false))));
    }

    [Test]
    public void Only_what_goes_to_the_sleeping_seed_node_or_to_the_dead_peer_is_lost()
    {
        var victim = failure[0].Nodes[0];
        var (sleep, wake) = (removal.Titled("to sleep")[0], removal.Titled("wakes up")[0]);
        var sleeper = sleep.Nodes.Single();
        foreach (var step in removal)
            foreach (var message in step.Messages)
                Assert.That(
                    message.IsLost,
                    Is.EqualTo(message.To == victim || (message.To == sleeper && step.Seconds < wake.Seconds)),
                    step.Title);

        Assert.That(wake.Text[0], Does.Contain($"It slept for {Seconds(wake.Seconds - sleep.Seconds)}."));
        Assert.That(sleep.Text[0], Does.EndWith("Two of three seed nodes still work; two are needed."));
    }

    [Test]
    public void Each_seed_node_that_is_awake_tries_twice_before_it_votes_and_counts_the_votes_itself()
    {
        var awake = new[] { 0, 1, 2 }.Except(removal.Titled("to sleep")[0].Nodes).ToArray();
        var retries = removal.Titled("tries once more").Select(step => step.Nodes[0]);
        var votes = removal.Titled("on the removal").Select(step => step.Nodes[0]);
        var strikes = removal.Titled("strikes");

        Assert.That(retries, Is.EquivalentTo(awake));
        Assert.That(votes, Is.EquivalentTo(awake));
        Assert.That(
            removal.Select(step => step.Title)
                .Where(title => title.EndsWith("once more", default) || title.EndsWith("the removal", default)),
            Is.EqualTo(retries.Select(seedNode => $"Seed node {6000 + seedNode} tries once more")
                .Concat(votes.Select(seedNode => $"Seed node {6000 + seedNode} votes YES on the removal"))));
        Assert.That(strikes, Has.Count.EqualTo(1));
        Assert.That(
            strikes[0].Text[0],
            Does.EndWith($"two YES ({6000 + awake[0]} and {6000 + awake[1]}), and two are needed."));
    }

    [Test]
    public void The_end_says_when_the_removal_was_decided_and_how_many_seed_nodes_may_fail()
    {
        var crash = failure.Titled("really dies")[0];
        var outcome = removal.Titled("is removed").Single();
        var sleeper = removal.Titled("to sleep")[0].Nodes[0];

        Assert.That(
            removal[^1].Text[0], Does.EndWith($"taken off the list {Seconds(outcome.Seconds - crash.Seconds)} later."));
        Assert.That(removal[^1].Text[2], Does.EndWith(
            $"So one seed node may be dead or slow, as seed node {6000 + sleeper} was."));
    }

    [Test]
    public void With_five_seed_nodes_three_decide_and_with_two_none_may_be_missing()
    {
        var five = Demos.New(seedNodes: 5, peers: 3).StepsOf(DemoPhase.DeadNodeRemoval);
        var two = Demos.New(seedNodes: 2, peers: 3).StepsOf(DemoPhase.DeadNodeRemoval);

        Assert.That(
            five.Titled("to sleep")[0].Text[0], Does.EndWith("Four of five seed nodes still work; three are needed."));
        Assert.That(five.Titled("Three of five voted YES: peer"), Has.Count.EqualTo(1));
        Assert.That(five.Titled("on the removal")[0].Text[0], Does.EndWith("1 YES, 0 NO. Needed: 3 of 5."));
        Assert.That(five[^1].Text[2], Does.Contain("So two seed nodes may be dead or slow"));
        Assert.That(two.Titled("to sleep"), Is.Empty);
        Assert.That(two.Titled("Two of two voted YES: peer"), Has.Count.EqualTo(1));
        Assert.That(two[^1].Text[2], Does.EndWith("But none may be missing."));
    }

    [Test]
    public void Links_that_come_later_are_shown_and_so_are_those_that_replace_lost_ones()
    {
        var ring = Demos.New(rule: "ring");
        var built = ring.StepsOf(DemoPhase.OverlayConstruction);
        var links = Demos.LinksAfter(built);
        var victim = ring.StepsOf(DemoPhase.FailureDetection)[0].Nodes[0];
        var repair = ring.StepsOf(DemoPhase.DeadNodeRemoval).Titled("for the lost ones").Single();

        Assert.That(built.Titled("as well"), Is.Not.Empty);
        Assert.That(built[^1].Title, Is.EqualTo($"The overlay stands: eight peers, {links.Count} links"));
        Assert.That(
            repair.Title,
            Is.EqualTo($"{NumberWords.Capital(NumberWords.Count(repair.Links.Count, "new link"))} for the lost ones"));
        Assert.That(repair.Links, Is.Not.Empty);
        Assert.That(repair.Links, Has.All.Matches<DemoLink>(
            link => link.Stands && link.One != victim && link.Other != victim));
    }

    [Test]
    public void Of_many_dropped_copies_forty_are_told_and_all_are_counted()
    {
        var steps = Demos.New(rule: "complete").StepsOf(DemoPhase.GossipDissemination);

        // 28 links: each carries the message both ways, but for the seven on which it came first.
        Assert.That(steps.Titled("drops it"), Has.Count.EqualTo(40));
        Assert.That(steps[^1].Tables[0].Rows[3][1], Is.EqualTo("42"));
        Assert.That(steps[^1].Text[1], Does.StartWith("Sent were 49 copies; 7 would have been enough"));
        Assert.That(steps[^1].Text[2], Is.EqualTo("Only the first 40 of the dropped copies were shown one by one."));
    }

    [Test]
    public void Of_two_peers_the_one_that_is_left_reports_alone_and_says_so()
    {
        var steps = Demos.New(seedNodes: 1, peers: 2).StepsOf(DemoPhase.FailureDetection);

        Assert.That(steps.Titled("suspects")[0].Text[1], Does.EndWith("who could look, so it must report alone."));
        Assert.That(steps.Titled("suspects")[0].Tables, Has.Count.EqualTo(1));
        Assert.That(steps.Titled("says:"), Is.Empty);
        Assert.That(steps.Titled("will report it")[0].Text[0], Does.StartWith("There was no witness with an opinion"));
    }
}
