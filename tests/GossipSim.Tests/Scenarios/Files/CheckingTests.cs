using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class CheckingTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("{ \"peer\": {} }", "a.json:1:3: unknown key \"peer\"; did you mean \"peers\"?")]
    [TestCase("{ \"seed\": 5 }", "a.json:1:3: unknown key \"seed\"; did you mean \"randomSeed\"?")]
    [TestCase("{ \"RandomSeed\": 5 }", "a.json:1:3: unknown key \"RandomSeed\"; did you mean \"randomSeed\"?")]
    [TestCase("{ \"ovrelay\": 5 }", "a.json:1:3: unknown key \"ovrelay\"; did you mean \"overlay\"?")]
    [TestCase(
        "{ \"gossip\": {\n \"publishers\": { \"coutn\": 5 } } }",
        "a.json:2:18: gossip.publishers: unknown key \"coutn\"; did you mean \"count\"?")]
    [TestCase(
        "{ \"gossip\": { \"publishers\": { \"zzzzzz\": 5 } } }",
        "a.json:1:31: gossip.publishers: unknown key \"zzzzzz\"; known here: count, pick")]
    [TestCase(
        "{ \"network\": { \"latency\": { \"distribution\": \"constant\", \"valueMs\": 5, \"medianMs\": 3 } } }",
        "a.json:1:71: network.latency: unknown key \"medianMs\";"
        + " known here: valueMs, minMs, jitterFraction, distribution")]
    [TestCase(
        "{ \"faults\": [ { \"typ\": \"crash\", \"atSeconds\": 1 } ] }",
        "a.json:1:15: faults[0].type: missing; one of crash, restart, leave, join, pause, slowNode, "
        + "clockSkew, partition, cut, linkLoss, linkDelay, linkFlap, linkBandwidth, corrupt, duplicate, reorder, "
        + "byzantine, sybil")]
    public void An_unknown_or_missing_key_is_pointed_at(string text, string message) =>
        Assert.That(folder.Problem(text), Is.EqualTo(message));

    [TestCase("peers.count", "0", "found 0, allowed is a whole number from 1 to 1000000")]
    [TestCase("peers.count", "1000001", "found 1000001, allowed is a whole number from 1 to 1000000")]
    [TestCase("peers.count", "99999999999999999999", "allowed is a whole number from 1 to 1000000")]
    [TestCase("peers.count", "2.5", "found 2.5, allowed is a whole number")]
    [TestCase("peers.count", "\"200\"", "found \"200\", allowed is a whole number")]
    [TestCase("peers.count", "true", "found true, allowed is a whole number")]
    [TestCase("peers.count", "null", "found null, allowed is a whole number")]
    [TestCase("peers.count", "[]", "found an empty list, allowed is a whole number")]
    [TestCase("peers.count", "{}", "found an object, allowed is a whole number")]
    [TestCase("peers", "5", "found 5, allowed is an object { … }")]
    [TestCase("peers", "null", "found null, allowed is an object { … }")]
    [TestCase("tags", "\"x\"", "found \"x\", allowed is a list [ … ]")]
    [TestCase("tags[0]", "[5]", "found 5, allowed is a text of at most 1000 characters")]
    [TestCase("peers.basePort", "65536", "found 65536, allowed is a whole number from 1 to 65535")]
    [TestCase("seedNodes.count", "100", "found 100, allowed is a whole number from 1 to 99")]
    [TestCase("seedNodes.host", "\"localhost\"", "found \"localhost\", allowed is an IPv4 address such as 127.0.0.1")]
    [TestCase("seedNodes.host", "\"127.0.0.256\"", "allowed is an IPv4 address such as 127.0.0.1")]
    [TestCase("name", "\"../up\"", "allowed is a name of at most 64 letters, digits, dots, dashes and underscores")]
    [TestCase("name", "\"x\\n\"", "allowed is a name of at most 64")]
    [TestCase("runtime", "\"tpc\"", "found \"tpc\", allowed is one of sim, tcp; did you mean \"tcp\"?")]
    [TestCase("runtime", "\"TCP\"", "found \"TCP\", allowed is one of sim, tcp; did you mean \"tcp\"?")]
    [TestCase("runtime", "1", "found 1, allowed is one of sim, tcp")]
    [TestCase("schemaVersion", "2", "found 2, allowed is 1 only")]
    [TestCase("schemaVersion", "4294967297", "found 4294967297, allowed is 1 only")]
    [TestCase("network.emulateOnTcp", "1", "found 1, allowed is true or false")]
    [TestCase("network.lossProbability", "-0.1", "found -0.1, allowed is a number from 0 to 0.9")]
    [TestCase(
        "overlay.rule", "\"zipfrank\"",
        "found \"zipfrank\", allowed is one of preferentialAttachment, topHalf, zipfRank, uniform, ring, smallWorld, "
        + "complete, fromFile; did you mean \"zipfRank\"?")]
    [TestCase(
        "overlay.linksPerJoin", "\"floorHalf\"",
        "found \"floorHalf\", allowed is a whole number from 1 to 64, a range such as { \"from\": 1, \"to\": 3 } or "
        + "\"floorHalfPlusOne\"; did you mean \"floorHalfPlusOne\"?")]
    [TestCase("overlay.linksPerJoin", "65", "found 65, allowed is a whole number from 1 to 64, a range")]
    [TestCase("overlay.linksPerJoin", "2.5", "found 2.5, allowed is a whole number from 1 to 64, a range")]
    [TestCase("overlay.linksPerJoin", "null", "found null, allowed is a whole number from 1 to 64, a range")]
    [TestCase("overlay.linksPerJoin", "[1]", "allowed is a whole number from 1 to 64, a range")]
    [TestCase("overlay.zipfExponent", "-1", "found -1, allowed is a number from 0 to 10")]
    [TestCase("overlay.zipfRankBy", "\"wealth\"", "found \"wealth\", allowed is one of age, degree, shuffled")]
    [TestCase("overlay.rewiringProbability", "1.5", "found 1.5, allowed is a number from 0 to 1")]
    [TestCase("overlay.links[0]", "[5]", "found 5, allowed is a list [ … ]")]
    [TestCase("invariants.waived", "{ \"noFalseRemoval\": 1 }", "allowed is a text of at most 1000 characters")]
    [TestCase("outputs.compatLogs[0]", "[\"doc001\"]", "allowed is one of doc000, doc002, doc003, doc004")]
    public void A_wrong_value_is_told_with_what_was_found_and_what_is_allowed(string path, string value, string message)
    {
        string written = path.Split('[')[0];
        string[] keys = written.Split('.');
        string text = string.Concat(keys.Select(key => $"{{\n\"{key}\": ")) + value + new string('}', keys.Length);

        string problem = folder.Problem(text);

        int column = keys[^1].Length + 5 + (path.Contains('[') ? 1 : value.StartsWith("{ ") ? 20 : 0);
        Assert.That(problem, Does.StartWith($"a.json:{keys.Length + 1}:{column}: {path}").And.Contain(message));
    }

    [Test]
    public void All_problems_of_a_file_are_told_at_once()
    {
        IReadOnlyList<string> problems = folder.Problems("""
            {
              "runtime": "simm",
              "peers": { "count": 0, "prot": 1 }
            }
            """);

        Assert.That(problems, Has.Count.EqualTo(3));
        Assert.That(problems[0], Does.StartWith("a.json:2:14: runtime:"));
        Assert.That(problems[1], Does.StartWith("a.json:3:23: peers.count:"));
        Assert.That(problems[2], Does.StartWith("a.json:3:26: peers: unknown key \"prot\""));
    }

    [Test]
    public void A_missing_parameter_of_a_distribution_is_named_with_what_it_needs() => Assert.That(
        folder.Problem("{ \"network\": { \"latency\": { \"distribution\": \"constant\" } } }"),
        Is.EqualTo("a.json:1:27: network.latency.valueMs: missing; a number from 0.001 to 60000 is needed"));

    [Test]
    public void A_least_latency_beyond_the_longest_of_the_simulator_is_refused() => Assert.That(
        folder.ProblemAtMark(
            "{ \"network\": { \"latency\": { \"distribution\": \"constant\", \"valueMs\": 20, \"minMs\": ▸60001 } } }"),
        Is.EqualTo("network.latency.minMs: found 60001, allowed is a number from 0.001 to 60000"));

    [Test]
    public void An_unknown_distribution_is_guessed() => Assert.That(
        folder.Problem("{ \"network\": { \"latency\": { \"distribution\": \"lognormal\" } } }"),
        Does.StartWith("a.json:1:45: network.latency.distribution: found \"lognormal\"")
            .And.EndWith("did you mean \"logNormal\"?"));

    [TestCase("0", true)]
    [TestCase("9007199254740991", true)]
    [TestCase("9007199254740992", false)]
    [TestCase("9007199254740993", false)]
    [TestCase("-1", false)]
    [TestCase("18446744073709551616", false)]
    public void Random_seeds_end_where_json_numbers_are_no_longer_exact(string randomSeed, bool isAllowed)
    {
        string text = $"{{ \"randomSeed\": {randomSeed} }}";

        if (isAllowed)
            Assert.That(folder.Load(text).RandomSeed, Is.EqualTo(long.Parse(randomSeed)));
        else
            Assert.That(folder.Problem(text), Does.Contain("allowed is a whole number from 0 to 9007199254740991"));
    }

    [TestCase("constant", "\"valueMs\": 5", typeof(ConstantLatencySettings))]
    [TestCase("uniform", "\"fromMs\": 5, \"toMs\": 9", typeof(UniformLatencySettings))]
    [TestCase("normal", "\"meanMs\": 5, \"sigmaMs\": 1", typeof(NormalLatencySettings))]
    [TestCase("logNormal", "\"medianMs\": 5, \"sigma\": 1", typeof(LogNormalLatencySettings))]
    [TestCase("exponential", "\"meanMs\": 5", typeof(ExponentialLatencySettings))]
    [TestCase("weibull", "\"shape\": 0.6, \"scaleMs\": 5", typeof(WeibullLatencySettings))]
    [TestCase("pareto", "\"shape\": 2, \"scaleMs\": 5", typeof(ParetoLatencySettings))]
    [TestCase("gamma", "\"shape\": 0.4, \"scaleMs\": 5", typeof(GammaLatencySettings))]
    [TestCase("matrix", "\"regions\": [{ \"name\": \"eu\" }], \"latencyMs\": [[2]]", typeof(MatrixLatencySettings))]
    [TestCase("geo", "\"uniformOnSphere\": true", typeof(GeoLatencySettings))]
    [TestCase("empirical", "\"samplesMs\": [1, 2.5]", typeof(EmpiricalLatencySettings))]
    public void Every_distribution_is_read_wherever_its_word_stands(string word, string parameters, Type type)
    {
        Scenario last = folder.Load(
            $$"""{ "network": { "latency": { {{parameters}}, "distribution": "{{word}}" } } }""");
        Scenario first = folder.Load(
            $$"""{ "network": { "latency": { "distribution": "{{word}}", {{parameters}} } } }""");

        Assert.That(last.Network.Latency, Is.TypeOf(type));
        Assert.That(ScenarioJson.Write(last), Is.EqualTo(ScenarioJson.Write(first)));
        Assert.That(last.Network.Latency.MinMs, Is.EqualTo(1));
    }
}
