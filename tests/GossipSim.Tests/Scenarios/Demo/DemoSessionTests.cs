using System.Text.Json;
using GossipSim.Scenarios.Demo;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

[TestFixture]
internal sealed class DemoSessionTests
{
    [TestCase(1, 2, "preferentialAttachment")]
    [TestCase(1, 8, "uniform")]
    [TestCase(2, 3, "topHalf")]
    [TestCase(3, 2, "zipfRank")]
    [TestCase(3, 8, "preferentialAttachment")]
    [TestCase(3, 8, "topHalf")]
    [TestCase(3, 8, "zipfByAge")]
    [TestCase(3, 8, "zipfRank")]
    [TestCase(3, 8, "uniform")]
    [TestCase(3, 8, "smallWorld")]
    [TestCase(3, 8, "ring")]
    [TestCase(3, 8, "complete")]
    [TestCase(4, 5, "uniform")]
    [TestCase(9, 50, "preferentialAttachment")]
    [TestCase(9, 50, "topHalf")]
    public void Whatever_is_chosen_all_six_phases_are_reached(int seedNodes, int peers, string rule)
    {
        var session = Demos.New(seedNodes, peers, rule);

        foreach (var phase in DemoPhases.All)
        {
            var steps = session.StepsOf(phase);
            Assert.That(steps, Is.Not.Empty, phase.ToString());
            Assert.That(steps.Select(step => step.Seconds), Is.Ordered, phase.ToString());
            Assert.That(steps, Has.All.Matches<DemoStep>(step => step!.Text.All(text => text.Length > 10)));
        }

        var end = session.StepsOf(DemoPhase.DeadNodeRemoval);
        var needed = (seedNodes / 2) + 1;
        var yes = end[^1].Tables[0].Rows.Count(row => row[1] == "YES");
        Assert.That(yes, Is.AtLeast(needed));
        Assert.That(end.SelectMany(step => step.States).Count(state => state.Look == DemoLook.Removed), Is.EqualTo(1));
        Assert.That(
            session.StepsOf(DemoPhase.GossipDissemination)[^1].Tables[0].Rows[0][1],
            Is.EqualTo($"{peers} of {peers}"));
    }

    [Test]
    public void The_same_choice_gives_the_same_steps_and_another_random_seed_others()
    {
        var (one, same, other) = (Demos.New(), Demos.New(), Demos.New(randomSeed: 2));

        var told = JsonSerializer.Serialize(one.AllSteps());
        Assert.That(JsonSerializer.Serialize(same.AllSteps()), Is.EqualTo(told));
        Assert.That(same.Fingerprint, Is.EqualTo(one.Fingerprint));
        Assert.That(JsonSerializer.Serialize(other.AllSteps()), Is.Not.EqualTo(told));
        Assert.That(other.Fingerprint, Is.Not.EqualTo(one.Fingerprint));
    }

    [Test]
    public void The_order_in_which_phases_are_asked_for_changes_nothing()
    {
        var backwards = Demos.New();
        foreach (var phase in DemoPhases.All.Reverse()) _ = backwards.StepsOf(phase);

        var usual = JsonSerializer.Serialize(Demos.Usual.AllSteps());
        Assert.That(JsonSerializer.Serialize(backwards.AllSteps()), Is.EqualTo(usual));
    }

    [Test]
    public void Each_node_appears_in_each_step_that_names_it()
    {
        var nodes = Demos.Usual.Names.SeedNodes.Count + Demos.Usual.Names.Peers.Count;
        foreach (var step in Demos.Usual.AllSteps())
        {
            var numbers = step.Nodes.Concat(step.States.Select(state => state.Node))
                .Concat(step.Messages.SelectMany(message => new[] { message.From, message.To }))
                .Concat(step.Links.SelectMany(link => new[] { link.One, link.Other }));
            Assert.That(numbers, Has.All.InRange(0, nodes - 1), step.Title);
            Assert.That(step.Tables.SelectMany(table => table.Rows.Select(row => row.Count - table.Columns.Count)),
                Has.All.Zero, step.Title);
        }
    }

    [TestCase("0", "8", "uniform", "1", "seeds: found \"0\", allowed is a whole number from 1 to 9")]
    [TestCase("10", "8", "uniform", "1", "seeds: found \"10\", allowed is a whole number from 1 to 9")]
    [TestCase("3", "1", "uniform", "1", "peers: found \"1\", allowed is a whole number from 2 to 50")]
    [TestCase("3", "51", "uniform", "1", "peers: found \"51\", allowed is a whole number from 2 to 50")]
    [TestCase("3", "8.5", "uniform", "1", "peers: found \"8.5\", allowed is a whole number")]
    [TestCase("3", "", "uniform", "1", "peers: found \"\", allowed is a whole number")]
    [TestCase("3", "8", "<b>", "1", "rule: found \"<b>\", allowed is one of preferentialAttachment, topHalf")]
    [TestCase("3", "8", "uniform", "-1", "randomSeed: found \"-1\", allowed is a whole number from 0 to")]
    [TestCase("3", "8", "uniform", "9007199254740992", "randomSeed: found \"9007199254740992\", allowed")]
    public void Numbers_that_are_not_allowed_are_named(
        string seedNodes, string peers, string rule, string randomSeed, string expected)
    {
        var refusal = Assert.Throws<DemoRefusal>(() => DemoChoice.Read(seedNodes, peers, rule, randomSeed));

        Assert.That(refusal!.Message, Does.StartWith(expected));
    }

    [Test]
    public void Nothing_chosen_is_the_usual_demo() =>
        Assert.That(DemoChoice.Read(null, null, null, null), Is.EqualTo(new DemoChoice()));
}
