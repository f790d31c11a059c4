using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Which overlay each rule builds in whole runs: the facts of SOURCES section 6.</summary>
[TestFixture]
internal sealed class OverlayRuleRunTests
{
    private const string Links = "[[0,1],[0,2],[0,3],[3,4],[4,5],[5,6],[6,7],[7,3],[1,7]]";

    private static readonly (int, int)[] Linked =
        [(0, 1), (0, 2), (0, 3), (1, 7), (3, 4), (3, 7), (4, 5), (5, 6), (6, 7)];

    // A peer opens m links, so the mean is 2m, less what the first peers could not open.
    [TestCase("preferentialAttachment", "3", 5.6, 6.0, 25, 100)]
    [TestCase("preferentialAttachment", """{"from":1,"to":3}""", 3.6, 4.3, 15, 100)]
    [TestCase("uniform", "3", 5.7, 6.1, 8, 24)]
    [TestCase("uniform", "4", 7.6, 8.1, 10, 28)]
    [TestCase("topHalf", "3", 60, 70, 119, 119)]
    [TestCase("zipfRank", "3", 5.7, 6.1, 8, 24)]
    [TestCase("zipfRank", "\"floorHalfPlusOne\"", 60, 68, 75, 119)]
    [TestCase("smallWorld", "2", 4, 4, 4, 9)]
    [TestCase("ring", "3", 2, 2, 2, 2)]
    [TestCase("complete", "3", 119, 119, 119, 119)]
    public void Degrees_are_those_that_the_rule_leads_to(
        string rule, string linksPerJoin, double meanFrom, double meanTo, int largestFrom, int largestTo)
    {
        var trial = Built(rule, $"overlay.linksPerJoin={linksPerJoin}");
        var overlay = EndOverlay.Of(trial.World);

        Assert.That(overlay.Degrees.Average(), Is.InRange(meanFrom, meanTo));
        Assert.That(overlay.Degrees.Max(), Is.InRange(largestFrom, largestTo));
        Assert.That(overlay.AsymmetricLinks, Is.Zero);
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Ranked_by_age_the_oldest_are_hubs_and_ranked_by_degree_the_best_connected()
    {
        var byAge = Degrees("zipfRank", "overlay.zipfRankBy=age");
        var byDegree = Degrees("zipfRank", "overlay.zipfRankBy=degree");
        var shuffled = Degrees("zipfRank");

        // SOURCES section 6: 567 of 2000 by age, 24 where all are alike.
        Assert.That(byAge.Max(), Is.GreaterThan(2 * shuffled.Max()));
        Assert.That(byDegree.Max(), Is.GreaterThan(2 * shuffled.Max()));
        Assert.That(byAge.Take(12).Average(), Is.GreaterThan(3 * byAge.Average()));
    }

    [Test]
    public void A_cap_of_four_makes_the_top_half_a_sparse_and_still_connected_overlay()
    {
        var trial = Built("topHalf", "overlay.maxDegree=4");
        var degrees = EndOverlay.Of(trial.World).Degrees;

        // SOURCES section 6: a mean of 2.5. Only the oldest of all accepts beyond the cap.
        Assert.That(degrees.Average(), Is.InRange(2, 4));
        Assert.That(degrees.Count(degree => degree > 4), Is.LessThanOrEqualTo(1));
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Links_of_a_file_are_built_as_they_are_written_and_no_others()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With("", peers: 8), "overlay.rule=fromFile", $"overlay.links={Links}");

        Assert.That(EndOverlay.Of(trial.World).Edges, Is.EqualTo(Linked));
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("uniform", "overlay.linksPerJoin=1")]
    [TestCase("topHalf", "overlay.maxDegree=4")]
    [TestCase("zipfRank", "overlay.zipfRankBy=age")]
    [TestCase("ring", "overlay.linksPerJoin=2")]
    [TestCase("smallWorld", "overlay.rewiringProbability=0.5")]
    [TestCase("complete", "overlay.linksPerJoin=2")]
    public void Whatever_the_rule_the_overlay_is_whole_again_after_a_third_crashed(string rule, string setting)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "third", "type": "crash", "atSeconds": 3, "target": { "pick": "random", "fraction": 0.33 } }
                """,
                measureSeconds: 30),
            $"overlay.rule={rule}", setting);

        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("ring", 2)]
    [TestCase("complete", 7)]
    public void A_planned_neighbor_that_comes_back_is_linked_to_again(string rule, int degree)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "down", "type": "crash", "atSeconds": 2, "target": { "index": [3] } },
                { "id": "up", "type": "restart", "atSeconds": 14, "target": { "index": [3] } }
                """,
                measureSeconds: 30, peers: 8),
            $"overlay.rule={rule}");

        var overlay = EndOverlay.Of(trial.World);
        Assert.That(overlay.Degrees[3], Is.EqualTo(degree));
        Assert.That(overlay.Edges, Does.Contain((2, 3)).And.Contain((3, 4)));
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("topHalf")]
    [TestCase("zipfRank")]
    [TestCase("uniform")]
    [TestCase("smallWorld")]
    public void A_run_of_any_rule_repeats_itself_on_one_thread_and_on_several(string rule)
    {
        var scenario = SmallScenarios.CrashHub;
        var one = ScenarioTrial.OnThreads(1, scenario, isWatched: false, $"overlay.rule={rule}");
        var several = ScenarioTrial.OnThreads(3, scenario, isWatched: false, $"overlay.rule={rule}");

        Assert.That(several.Run.Fingerprint, Is.EqualTo(one.Run.Fingerprint));
    }

    [TestCase("overlay.rule=fromFile", "overlay.links=" + Links)]
    [TestCase("overlay.rule=fromFile", "overlay.links=" + Links, "peers.hosting=processPerNode")]
    public void On_sockets_links_of_a_file_are_built_as_they_are_written(params string[] settings)
    {
        using var trial = TcpTrial.Of("", seconds: 4, peers: 8, newcomers: 0, settings);

        var links = new HashSet<(NodeAddress, NodeAddress)>();
        foreach (var e in trial.Events)
        {
            if (e.Event.Kind == EventKind.NeighborAdded) links.Add((e.Node, e.Event.About));
            if (e.Event.Kind == EventKind.NeighborRemoved) links.Remove((e.Node, e.Event.About));
        }

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        Assert.That(links, Is.EquivalentTo(Linked.SelectMany(link => new[]
        {
            (trial.Peer(link.Item1), trial.Peer(link.Item2)), (trial.Peer(link.Item2), trial.Peer(link.Item1)),
        })));
    }

    [TestCase("topHalf")]
    [TestCase("zipfRank")]
    [TestCase("uniform")]
    [TestCase("ring")]
    [TestCase("complete")]
    public void On_sockets_every_rule_makes_a_connected_overlay(string rule)
    {
        using var trial = TcpTrial.Of("", seconds: 4, peers: 8, newcomers: 0, $"overlay.rule={rule}");

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        var overlay = trial.Summary.GetProperty("overlay");
        Assert.That(overlay.GetProperty("largestComponentFraction").GetDouble(), Is.EqualTo(1));
    }

    private static int[] Degrees(string rule, params string[] settings) =>
        EndOverlay.Of(Built(rule, settings).World).Degrees;

    private static ScenarioTrial Built(string rule, params string[] settings) => ScenarioTrial.Of(
        SmallScenarios.With("", measureSeconds: 16, peers: 120), [$"overlay.rule={rule}", .. settings]);
}
