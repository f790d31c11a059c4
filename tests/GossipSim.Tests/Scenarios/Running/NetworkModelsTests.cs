using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>From what a scenario writes to what the simulator asks.</summary>
internal sealed class NetworkModelsTests
{
    [TestCase("\"distribution\": \"constant\", \"valueMs\": 20", 20_000)]
    [TestCase("\"distribution\": \"uniform\", \"fromMs\": 10, \"toMs\": 50", 20_000)]
    [TestCase("\"distribution\": \"normal\", \"meanMs\": 80, \"sigmaMs\": 10", 73_255)]
    [TestCase("\"distribution\": \"logNormal\", \"medianMs\": 20, \"sigma\": 0.4", 15_271)]
    [TestCase("\"distribution\": \"exponential\", \"meanMs\": 70", 20_138)]
    [TestCase("\"distribution\": \"weibull\", \"shape\": 0.5, \"scaleMs\": 70", 5_793)]
    [TestCase("\"distribution\": \"pareto\", \"shape\": 2, \"scaleMs\": 20", 23_094)]
    [TestCase("\"distribution\": \"gamma\", \"shape\": 2.5, \"scaleMs\": 10", 13_373)]
    [TestCase("\"distribution\": \"empirical\", \"samplesMs\": [4, 3, 2, 1]", 2_000)]
    public void The_lower_quartile_of_each_model_is_right(string keys, long microseconds)
    {
        var model = ModelOf(keys);

        Assert.That(model.BaseMicroseconds(4, 9, 0.25), Is.EqualTo(microseconds));
        Assert.That((model.Shortest.TotalMilliseconds, model.JitterFraction), Is.EqualTo((1, 0)));
    }

    [TestCase("\"distribution\": \"constant\", \"valueMs\": 20")]
    [TestCase("\"distribution\": \"matrix\", \"regions\": [{ \"name\": \"a\" }], \"latencyMs\": [[2]]")]
    [TestCase("\"distribution\": \"geo\", \"uniformOnSphere\": true")]
    public void Every_model_keeps_the_least_latency_and_the_jitter(string keys)
    {
        var model = ModelOf(keys + ", \"minMs\": 30, \"jitterFraction\": 0.25");

        Assert.That((model.Shortest.TotalMilliseconds, model.JitterFraction), Is.EqualTo((30, 0.25)));
        Assert.That(model.BaseMicroseconds(4, 9, 0.25), Is.GreaterThanOrEqualTo(30_000));
    }

    [Test]
    public void The_largest_latencies_that_a_scenario_may_ask_for_the_simulator_has()
    {
        var model = ModelOf("\"distribution\": \"constant\", \"valueMs\": 60000, \"minMs\": 60000");

        Assert.That(model.BaseMicroseconds(4, 9, 0.25), Is.EqualTo(60_000_000));
    }

    [Test]
    public void Seed_nodes_are_in_their_regions_in_turn_and_peers_where_the_random_seed_says()
    {
        const string Keys = """
            "distribution": "matrix", "regions": [{ "name": "a" }, { "name": "b" }, { "name": "c", "weight": 0 }],
            "latencyMs": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "seedNodeRegions": ["c", "b"]
            """;
        var model = ModelOf(Keys);

        // Seed nodes 0, 1, 2 are in c, b, c.
        Assert.That(model.BaseMicroseconds(0, 1, 0.5), Is.EqualTo(8_000));
        Assert.That(model.BaseMicroseconds(1, 2, 0.5), Is.EqualTo(6_000));
        Assert.That(model.BaseMicroseconds(2, 0, 0.5), Is.EqualTo(9_000));
        Assert.That(FromFirst(model).Distinct(), Is.EquivalentTo(new[] { 7_000L, 8_000L }));
        Assert.That(FromFirst(ModelOf(Keys)), Is.EqualTo(FromFirst(model)), "each run anew the same");
        Assert.That(FromFirst(ModelOf(Keys, "randomSeed=2")), Is.Not.EqualTo(FromFirst(model)));

        static long[] FromFirst(LatencyModel model) =>
            [.. Enumerable.Range(3, 60).Select(peer => model.BaseMicroseconds(0, peer, 0.5))];
    }

    [Test]
    public void Light_in_a_fibre_that_is_half_as_long_again_goes_around_half_the_world_in_150_ms()
    {
        const string Poles = """
            "distribution": "geo", "seedNodePlaces": ["north", "south"], "places": [
              { "name": "north", "latitude": 90, "longitude": 0 },
              { "name": "south", "latitude": -90, "longitude": 77 } ]
            """;

        // 20,015.1 km x 1.5 / (199.862 km/ms) + 1 ms; then straight at 100,000 km/s, with 5 ms besides.
        Assert.That(ModelOf(Poles).BaseMicroseconds(0, 1, 0.5), Is.EqualTo(151_217));
        Assert.That(
            ModelOf(Poles + ", \"pathStretch\": 1, \"speedKmPerSecond\": 1e5, \"minMs\": 5")
                .BaseMicroseconds(1, 2, 0.5),
            Is.EqualTo(205_151));
    }

    [Test]
    public void Peers_anywhere_on_earth_are_a_quarter_of_the_circumference_apart_on_average()
    {
        var model = ModelOf("\"distribution\": \"geo\", \"uniformOnSphere\": true");

        var mean = Enumerable.Range(0, 10_000).Average(link => model.BaseMicroseconds(2 * link, (2 * link) + 1, 0.5));

        // 10,007.6 km x 1.5 / 199.862 km/ms + 1 ms; the deviation of one is 33 ms.
        Assert.That(mean / 1000, Is.EqualTo(76.1).Within(1.3));
    }

    [Test]
    public void A_run_with_regions_repeats_itself()
    {
        const string Scenario = """
            { "peers": { "count": 30 }, "phases": { "warmupSeconds": 2, "measureSeconds": 10, "drainSeconds": 5 },
              "network": { "latency": { "distribution": "matrix", "jitterFraction": 0.1,
                "regions": [{ "name": "eu", "weight": 2 }, { "name": "us" }], "latencyMs": [[8, 45], [50, 15]] } },
              "faults": [{ "type": "crash", "atSeconds": 1, "target": { "pick": "highestDegree" } }] }
            """;

        var trials = new[] { ScenarioTrial.Of(Scenario), ScenarioTrial.Of(Scenario) };

        Assert.That(trials[1].Run.Fingerprint, Is.EqualTo(trials[0].Run.Fingerprint));
        Assert.That(trials[0].Violations, Is.Empty);
        Assert.That(trials[0].Outcome, Is.EqualTo(RunOutcome.Completed));
    }

    private static LatencyModel ModelOf(string keys, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        return NetworkModels.LatencyOf(
            folder.Load($$"""{ "network": { "latency": { {{keys}} } } }""", settings));
    }
}
