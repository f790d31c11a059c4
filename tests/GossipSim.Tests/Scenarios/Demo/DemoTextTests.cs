using GossipSim.Scenarios.Demo;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

/// <summary>What a reader who knows nothing must find: the two questions, their answers, and the numbers.</summary>
[TestFixture]
internal sealed class DemoTextTests
{
    private static IReadOnlyList<DemoStep> StepsOf(DemoPhase phase) => Demos.Usual.StepsOf(phase);

    private static DemoStep First(DemoPhase phase, string title) =>
        StepsOf(phase).First(step => step.Title.Contains(title, StringComparison.Ordinal));

    [Test]
    public void Why_two_votes_of_three_are_enough_is_said_when_the_second_vote_is_heard()
    {
        var steps = StepsOf(DemoPhase.PeerRegistration);
        var outcome = First(DemoPhase.PeerRegistration, "Two of three voted YES: peer 7000 is in");
        var before = steps.TakeWhile(step => step != outcome);

        Assert.That(before.Count(step => step.Title.Contains("votes YES", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(outcome.AllText(), Does.Contain("Two is more than half of three, so the list changes"));
        Assert.That(outcome.AllText(), Does.Contain("The third is not needed, so one seed node may be dead or slow"));
        Assert.That(outcome.AllText(), Does.Contain("Any two groups of two out of three have at least one seed node"));
        Assert.That(outcome.Tables[0].Rows.Select(row => row[1]), Is.EquivalentTo(["YES", "YES", "\u2013"]));
    }

    [Test]
    public void A_third_vote_that_comes_late_is_said_to_change_nothing()
    {
        var late = StepsOf(DemoPhase.PeerRegistration)
            .First(step => step.AllText().Contains("This vote comes late", StringComparison.Ordinal));

        Assert.That(late.AllText(), Does.Contain("Votes so far: 3 YES, 0 NO. Needed: 2 of 3."));
    }

    /// <summary>With these random seeds the votes of the two others come before its own look has ended.</summary>
    [TestCase(36)]
    [TestCase(38)]
    public void Who_has_the_change_on_its_list_already_says_so_instead_of_voting(long randomSeed)
    {
        var tables = Demos.New(randomSeed: randomSeed).StepsOf(DemoPhase.PeerRegistration)
            .Titled("voted YES").SelectMany(step => step.Tables);
        var reasons = tables.SelectMany(table => table.Rows).Where(row => row[1] == "YES").Select(row => row[2]);

        Assert.That(reasons.Distinct(), Is.EquivalentTo(new[]
        {
            "it answered there, and its address is not on the list yet", "the change is on its own list already",
        }));
    }

    [Test]
    public void Each_peer_is_let_in_by_a_vote_and_told()
    {
        var titles = StepsOf(DemoPhase.PeerRegistration).Select(step => step.Title).ToArray();

        for (var port = 7000; port < 7008; port++)
        {
            Assert.That(titles, Has.One.EqualTo($"Peer {port} asks to be let in"));
            Assert.That(titles, Has.One.EqualTo($"Two of three voted YES: peer {port} is in"));
            Assert.That(titles, Has.One.EqualTo($"Peer {port} is on all three lists"));
            Assert.That(titles, Has.One.EqualTo($"Peer {port} is told"));
        }
    }

    [Test]
    public void Copies_of_the_message_are_as_many_as_flooding_needs()
    {
        var links = Demos.LinksAfter(StepsOf(DemoPhase.OverlayConstruction)).Count;
        var end = StepsOf(DemoPhase.GossipDissemination)[^1];
        var copies = (2 * links) - 7;

        Assert.That(end.AllText(), Does.Contain($"Sent were {copies} copies; 7 would have been enough"));
        Assert.That(end.Tables[0].Rows[3][1], Is.EqualTo($"{copies - 7}"));
        Assert.That(
            StepsOf(DemoPhase.GossipDissemination).Count(step =>
                step.Messages.Any(message => message.Word == DemoWord.Duplicate)),
            Is.EqualTo(copies - 7));
    }

    [Test]
    public void A_peer_that_only_paused_misses_a_ping_and_is_not_even_suspected()
    {
        var steps = StepsOf(DemoPhase.FailureDetection).ToList();
        var crash = steps.FindIndex(step => step.Title.Contains("really dies", StringComparison.Ordinal));
        var pause = steps[..crash];
        var first = pause.First(step => step.Title.Contains("missed 1 of 3", StringComparison.Ordinal));

        Assert.That(first.AllText(), Does.Contain("miss number one; three in a row make a suspect"));
        Assert.That(first.AllText(), Does.Contain("nobody is removed and nobody is told"));
        Assert.That(pause.SelectMany(step => step.States), Has.None.Matches<DemoState>(
            state => state.Look == DemoLook.Suspected));
        Assert.That(pause, Has.Some.Matches<DemoStep>(step =>
            step!.AllText().Contains("why a peer is not removed at the first missed ping", StringComparison.Ordinal)));
    }

    [Test]
    public void A_dead_peer_is_suspected_at_the_third_miss_and_reported_with_a_majority_of_witnesses()
    {
        var steps = StepsOf(DemoPhase.FailureDetection).ToList();
        var crash = steps.FindIndex(step => step.Title.Contains("really dies", StringComparison.Ordinal));
        var after = steps[crash..];
        var suspicion = after.FindIndex(step => step.Title.Contains("now suspects", StringComparison.Ordinal));
        var suspect = after[suspicion].Title.Split(' ')[1];
        var misses = after[..suspicion].Where(step => step.Title.StartsWith($"Peer {suspect}: missed", default));
        var report = after.First(step => step.Title.EndsWith("will report it", StringComparison.Ordinal));

        Assert.That(misses.Select(step => step.Title[^6..]), Is.EqualTo(new[] { "1 of 3", "2 of 3" }));
        Assert.That(after[suspicion].AllText(), Does.Contain("Three pings in a row without an answer"));
        Assert.That(report.AllText(), Does.Contain("witnesses found peer"));
        var dead = report.Tables[0].Rows.Count(row => row[1] == "DEAD");
        Assert.That(dead * 2, Is.GreaterThan(report.Tables[0].Rows.Count));
    }

    [Test]
    public void The_removal_goes_through_while_one_of_three_seed_nodes_sleeps_and_it_catches_up()
    {
        var steps = StepsOf(DemoPhase.DeadNodeRemoval).ToList();
        var sleep = steps.FindIndex(step => step.Title.EndsWith("to sleep", StringComparison.Ordinal));
        var outcome = steps.FindIndex(step => step.Title.StartsWith("Two of three voted YES", default));
        var wake = steps.FindIndex(step => step.Title.EndsWith("wakes up", StringComparison.Ordinal));
        var sleeper = steps[sleep].Nodes.Single();
        var votes = steps.Where(step => step.Messages.Any(message => message.Word == DemoWord.VoteYes));

        Assert.That(new[] { sleep, outcome, wake }, Is.Ordered);
        Assert.That(votes.Select(step => step.Nodes.Single()), Has.None.EqualTo(sleeper));
        Assert.That(votes.Count(), Is.EqualTo(2));
        Assert.That(steps[wake + 1].Title, Does.EndWith("catches up"));
        Assert.That(steps[^1].AllText(), Does.Contain("Why were two votes of three enough?"));
        Assert.That(steps[^1].AllText(), Does.Contain("Why not at the first missed ping?"));
        Assert.That(steps.First(step => step.Title.Contains("reports the death", default)).AllText(),
            Does.Match(@"The report says: Dead Node:127\.0\.0\.1:\d+:[\d.]+:127\.0\.0\.1"));
    }

    [TestCase(1, "one seed node only", "One of one is more than half")]
    [TestCase(2, "floor(2/2)+1 = 2", "none may be missing")]
    [TestCase(3, "floor(3/2)+1 = 2", "The third is not needed")]
    [TestCase(4, "floor(4/2)+1 = 3", "The last one is not needed")]
    [TestCase(5, "floor(5/2)+1 = 3", "The other two are not needed, so two seed nodes may be dead")]
    public void The_majority_is_explained_for_any_number_of_seed_nodes(int seedNodes, string rule, string enough)
    {
        var majority = new Majority(seedNodes, (seedNodes / 2) + 1);

        Assert.That(majority.Rule, Does.Contain(rule));
        Assert.That(majority.WhyEnough, Does.Contain(enough));
        Assert.That(majority.Numbers.Rows[majority.Numbers.Marked[0]][0], Is.EqualTo($"{seedNodes}"));
    }
}
