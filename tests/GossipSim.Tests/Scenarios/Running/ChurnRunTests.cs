using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Peers that come and go in whole runs, measured against what the scenario says.</summary>
[TestFixture]
internal sealed class ChurnRunTests
{
    private const int Peers = 200;
    private const double End = 41;

    [TestCase("""{ "distribution": "exponential", "mean": 12 }""")]
    [TestCase("""{ "distribution": "weibull", "scale": 12, "shape": 0.6 }""")]
    [TestCase("""{ "distribution": "pareto", "scale": 4, "shape": 1.5 }""")]
    public void Sessions_and_the_times_between_follow_their_distributions(string session)
    {
        const string Downtime = """{ "distribution": "uniform", "from": 2, "to": 6 }""";
        var trial = Churned(Sessions(session, Downtime));

        // The first session of each peer begins with the scenario; those longer than the run are known to be so.
        var lives = Lives(trial);
        Assert.That(lives, Has.Count.GreaterThan(Peers * 8 / 10));
        AssertFollows(lives.Values.Select(life => life[0].At), DistributionIn(session), Peers, End);

        // A time away is seen as a whole when it began early enough.
        var away = lives.Values.Where(life => life[0].At < End - 6).Select(life => life[1].At - life[0].At).ToList();
        AssertFollows(away, DistributionIn(Downtime), away.Count, upTo: 6);

        // So is a second session that began early enough, up to the time that is left for the latest of them.
        var second = lives.Values.Where(life => life.Count > 1 && life[1].At < End - 20).ToList();
        AssertFollows(
            second.Where(life => life.Count > 2).Select(life => life[2].At - life[1].At).Where(span => span <= 20),
            DistributionIn(session), second.Count, upTo: 20);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
    }

    [Test]
    public void Peers_crash_and_say_good_bye_in_the_shares_that_the_scenario_names()
    {
        var trial = Churned(Sessions(
            """{ "distribution": "exponential", "mean": 10 }""", """{ "distribution": "constant", "value": 3 }""",
            """ "departure": { "crashFraction": 0.3, "leaveFraction": 0.7 }, """));

        var left = trial.Since(0, EventKind.Left).Select(e => (e.Node, e.Now)).ToHashSet();
        var gone = trial.Since(0, EventKind.ProcessCrashed);
        Assert.That(gone.Select(e => e.Event.Detail), Is.All.EqualTo("churn"));
        var saidGoodBye = gone.Count(e => left.Contains((e.Node, e.Now + TimeSpan.FromSeconds(-1))));

        // Who comes back goes again: hundreds of departures, whose share is within 4 standard deviations.
        Assert.That(gone, Has.Count.GreaterThan(400));
        var tolerance = 4 * Math.Sqrt(0.3 * 0.7 / gone.Count);
        Assert.That((double)saidGoodBye / gone.Count, Is.EqualTo(0.7).Within(tolerance));
        var detection = trial.Measure().Detection;
        Assert.That(detection.Crashes, Is.LessThan(gone.Count - saidGoodBye + 1));
        Assert.That(detection.FalseRemovals, Is.Zero);
    }

    [Test]
    public void Publishers_stay_when_they_are_to()
    {
        var trial = Churned(
            Sessions(
                """{ "distribution": "exponential", "mean": 5 }""", """{ "distribution": "constant", "value": 3 }""",
                """ "excludePublishers": true, """),
            "gossip.publishers.count=50");

        var publishers = trial.All(EventKind.GossipPublished).Select(e => e.Node).ToHashSet();
        var gone = trial.All(EventKind.ProcessCrashed).Select(e => e.Node).ToHashSet();
        Assert.That(publishers, Has.Count.EqualTo(50));
        Assert.That(gone, Has.Count.GreaterThan((Peers - 50) * 9 / 10));
        Assert.That(publishers.Intersect(gone), Is.Empty);
    }

    [Test]
    public void A_peers_sessions_do_not_change_with_other_faults_and_do_with_the_random_seed()
    {
        const string Fault =
            """
            { "id": "rain", "type": "linkLoss", "atSeconds": 2, "durationSeconds": 10, "lossProbability": 0.2 },
            { "id": "stop", "type": "pause", "atSeconds": 4, "durationSeconds": 2,
              "target": { "pick": "random", "count": 5 } },
            { "id": "new", "type": "join", "atSeconds": 4, "count": 5 }
            """;
        string[] churn = [Sessions(
            """{ "distribution": "exponential", "mean": 9 }""",
            """{ "distribution": "uniform", "from": 2, "to": 9 }""")];

        var alone = Lives(ScenarioTrial.Of(SmallScenarios.With("", measureSeconds: 30), isWatched: false, churn));
        var together = Lives(ScenarioTrial.Of(SmallScenarios.With(Fault, 30), isWatched: false, churn));
        var other = Lives(ScenarioTrial.Of(
            SmallScenarios.With("", 30), isWatched: false, [.. churn, "randomSeed=2"]));

        Assert.That(alone, Has.Count.GreaterThan(30));
        Assert.That(together.Keys.Except(alone.Keys).Count(), Is.EqualTo(5), "those who joined");
        foreach (var (peer, life) in alone) Assert.That(together[peer], Is.EqualTo(life), $"{peer}");
        var same = other.Count(each => alone.TryGetValue(each.Key, out var life) && life[0] == each.Value[0]);
        Assert.That(same, Is.Zero);
    }

    [Test]
    public void Arrivals_are_a_Poisson_process_of_newcomers_who_stay_for_a_session_and_never_come_back()
    {
        const string Session = """{ "distribution": "weibull", "scale": 3, "shape": 2 }""";
        var trial = ScenarioTrial.Of(
            SmallScenarios.With("", measureSeconds: 40, peers: 30), isWatched: false,
            $$"""
            churn={ "model": "arrivals", "ratePerSecond": 4, "mostArrivals": 300, "sessionSeconds": {{Session}} }
            """,
            "gossip.publishers.count=0");

        var came = trial.Since(0, EventKind.ProcessStarted);
        Assert.That(came.Select(e => e.Node), Is.EqualTo(Enumerable.Range(30, came.Count).Select(trial.Peer)));

        // Poisson: the count has the variance of its mean, here 4 of its standard deviations; gaps are exponential.
        Assert.That(came.Count, Is.EqualTo(4 * End).Within(4 * Math.Sqrt(4 * End)));
        var gaps = came.Select(trial.SecondsOf).Prepend(0).Zip(came.Select(trial.SecondsOf), (from, to) => to - from);
        AssertFollows(gaps, unit => -Math.Log(1 - unit) / 4, came.Count, upTo: 10);

        var lives = Lives(trial);
        var early = came.Where(e => trial.SecondsOf(e) < End - 10).Select(e => e.Node).ToList();
        AssertFollows(
            early.Select(peer => lives[peer][1].At - lives[peer][0].At), DistributionIn(Session), early.Count,
            upTo: 10);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
    }

    [Test]
    public void No_more_come_than_may()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(""),
            """
            churn={ "model": "arrivals", "ratePerSecond": 20, "mostArrivals": 5,
              "sessionSeconds": { "distribution": "constant", "value": 1000 } }
            """);

        Assert.That(trial.Since(0, EventKind.ProcessStarted).Select(e => e.Node), Is.EqualTo(
            Enumerable.Range(40, 5).Select(trial.Peer)));
        Assert.That(trial.Measure().Peers.Live, Is.EqualTo(45));
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("""
        churn={ "model": "arrivals", "ratePerSecond": 3, "mostArrivals": 8,
          "sessionSeconds": { "distribution": "constant", "value": 1000 } }
        """, 8)]
    [TestCase("""
        churn={ "model": "trace", "events": [{ "seconds": 1, "peer": 40, "change": "up" },
          { "seconds": 2, "peer": 42, "change": "up" }, { "seconds": 6, "peer": 41, "change": "up" }] }
        """, 3)]
    public void Newcomers_of_faults_and_of_churn_have_addresses_of_their_own(string churn, int churned)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "many", "type": "sybil", "atSeconds": 3, "count": 2 },
                { "id": "new", "type": "join", "atSeconds": 2, "count": 3 }
                """),
            churn);

        var started = trial.Since(0, EventKind.ProcessStarted).Select(e => e.Node).ToList();
        Assert.That(started, Is.Unique);
        Assert.That(started, Is.EquivalentTo(Enumerable.Range(40, 5 + churned).Select(trial.Peer)));
        Assert.That(trial.Strikes("many").Single().Strike.Groups.Single(), Is.EqualTo(
            new[] { trial.Peer(40), trial.Peer(41) }));
        Assert.That(trial.Measure().Peers.Live, Is.EqualTo(45 + churned));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_trace_is_played_as_it_was_recorded()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(""),
            """
            churn={ "model": "trace", "events": [
              { "seconds": 1.5, "peer": 3, "change": "down" }, { "seconds": 2, "peer": 40, "change": "up" },
              { "seconds": 2.5, "peer": 4, "change": "leave" }, { "seconds": 5, "peer": 3, "change": "up" },
              { "seconds": 6, "peer": 4, "change": "up" }, { "seconds": 7, "peer": 4, "change": "up" },
              { "seconds": 8, "peer": 40, "change": "down" }, { "seconds": 9, "peer": 40, "change": "up" },
              { "seconds": 10, "peer": 41, "change": "down" }, { "seconds": 1000, "peer": 5, "change": "down" }] }
            """);

        var changes = trial.Since(0, EventKind.ProcessStarted).Concat(trial.Since(0, EventKind.ProcessCrashed))
            .Concat(trial.All(EventKind.Left)).OrderBy(e => e.Now)
            .Select(e => (trial.SecondsOf(e), e.Kind, trial.World.Nodes.Find(e.Node)!.Address.Port - 7000));
        Assert.That(changes, Is.EqualTo(new[]
        {
            (1.5, EventKind.ProcessCrashed, 3), (2, EventKind.ProcessStarted, 40), (2.5, EventKind.Left, 4),
            (3.5, EventKind.ProcessCrashed, 4), (5, EventKind.ProcessStarted, 3), (6, EventKind.ProcessStarted, 4),
            (8, EventKind.ProcessCrashed, 40), (9, EventKind.ProcessStarted, 40),
        }));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void All_promises_hold_while_peers_come_and_go()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With("", measureSeconds: 40),
            Sessions(
                """{ "distribution": "weibull", "scale": 30, "shape": 0.6 }""",
                """{ "distribution": "exponential", "mean": 10 }""",
                """ "departure": { "crashFraction": 0.5, "leaveFraction": 0.5 }, """));

        Assert.That(trial.All(EventKind.ProcessCrashed), Has.Count.GreaterThan(20));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }

    private static string Sessions(string session, string downtime, string more = "") =>
        $$"""churn={ "model": "sessions", {{more}} "sessionSeconds": {{session}}, "downtimeSeconds": {{downtime}} }""";

    private static ScenarioTrial Churned(string churn, params string[] settings) => ScenarioTrial.Of(
        SmallScenarios.With("", measureSeconds: 40, Peers), isWatched: false,
        ["gossip.publishers.count=0", churn, .. settings]);

    /// <summary>Who went and came, in scenario seconds; a good-bye is when it is said.</summary>
    private static Dictionary<NodeAddress, List<(double At, EventKind Kind)>> Lives(ScenarioTrial trial)
    {
        var lives = new Dictionary<NodeAddress, List<(double At, EventKind Kind)>>();
        var left = new HashSet<NodeAddress>();
        foreach (var e in trial.Events.Where(e => trial.SecondsOf(e) >= 0))
        {
            var isEndOfLeaving = e.Kind == EventKind.ProcessCrashed && left.Remove(e.Node);
            if (e.Kind == EventKind.Left) left.Add(e.Node);
            var isChange = e.Kind is EventKind.ProcessStarted or EventKind.ProcessCrashed or EventKind.Left;
            if (isEndOfLeaving || !isChange) continue;
            if (!lives.TryGetValue(e.Node, out var life)) lives[e.Node] = life = [];
            life.Add((trial.SecondsOf(e), e.Kind));
        }

        return lives;
    }

    private static Func<double, double> DistributionIn(string distribution)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load("{}", Sessions(distribution, distribution));
        return NetworkModels.DistributionOf(
            ((GossipSim.Scenarios.Files.SessionChurn)scenario.Churn!).SessionSeconds).Quantile;
    }

    /// <summary>
    /// Kolmogorov-Smirnov with the quantile function: the largest gap between the distributions of sample and model,
    /// up to where the sample is complete; 1.95 / sqrt(n) is exceeded once in a thousand samples.
    /// </summary>
    private static void AssertFollows(
        IEnumerable<double> seen, Func<double, double> quantile, int sampled, double upTo)
    {
        var ascending = seen.Where(value => value <= upTo).Order().ToArray();
        var largest = 0.0;
        for (var index = 0; index < ascending.Length; index++)
        {
            var expected = UnitOf(quantile, ascending[index]);
            largest = Math.Max(largest, Math.Abs(expected - ((double)index / sampled)));
            largest = Math.Max(largest, Math.Abs(expected - ((index + 1.0) / sampled)));
        }

        Assert.That(sampled, Is.GreaterThan(50));
        largest = Math.Max(largest, Math.Abs(UnitOf(quantile, upTo) - ((double)ascending.Length / sampled)));
        Assert.That(largest, Is.LessThan(1.95 / Math.Sqrt(sampled)));
    }

    /// <summary>The share of draws below a value: the quantile function, inverted by halving.</summary>
    private static double UnitOf(Func<double, double> quantile, double value)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            if (quantile(middle) <= value) low = middle;
            else high = middle;
        }

        return low;
    }
}
