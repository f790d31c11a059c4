using System.Text.Json.Nodes;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class EffectiveScenarioTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Every_default_is_written_out()
    {
        folder.Write("a.json", "{ \"$schema\": \"x\" }");

        JsonNode effective = JsonNode.Parse(folder.LoadFile("a").EffectiveText)!;

        Assert.That((int)effective["seedNodes"]!["probeAttempts"]!, Is.EqualTo(2));
        Assert.That((string)effective["gossip"]!["messageIdFormat"]!, Is.EqualTo("timestamp:ip:port:msgNumber"));
        Assert.That((string)effective["network"]!["latency"]!["distribution"]!, Is.EqualTo("logNormal"));
        Assert.That((string)effective["name"]!, Is.EqualTo("a"));
        Assert.That((int)effective["gossip"]!["publishers"]!["count"]!, Is.EqualTo(20));
        Assert.That(effective.AsObject().ContainsKey("$schema"), Is.False);
        Assert.That(effective.AsObject().ContainsKey("extends"), Is.False);
    }

    [TestCase("sim", 1_000, "full")]
    [TestCase("sim", 1_001, "sampled")]
    [TestCase("tcp", 1_001, "full")]
    public void Text_logs_follow_a_sample_where_many_peers_are_simulated(string runtime, int peers, string textLogs)
    {
        folder.Write("a.json", $$"""{ "runtime": "{{runtime}}", "peers": { "count": {{peers}} } }""");

        JsonNode effective = JsonNode.Parse(folder.LoadFile("a").EffectiveText)!;

        Assert.That((string)effective["outputs"]!["textLogs"]!, Is.EqualTo(textLogs));
    }

    [TestCase(50_000, "full", "all")]
    [TestCase(50_001, "sampled", "all")]
    [TestCase(100_000, "sampled", "all")]
    [TestCase(100_001, "sampled", "sampled")]
    public void Logs_and_invariants_follow_a_sample_where_there_are_very_many_peers(
        int peers, string eventLog, string mode)
    {
        folder.Write("a.json", $$"""{ "peers": { "count": {{peers}} } }""");

        JsonNode effective = JsonNode.Parse(folder.LoadFile("a").EffectiveText)!;

        Assert.That((string)effective["outputs"]!["eventLog"]!, Is.EqualTo(eventLog));
        Assert.That((string)effective["invariants"]!["mode"]!, Is.EqualTo(mode));
    }

    [Test]
    public void What_a_file_says_about_logs_and_invariants_holds_for_any_number_of_peers()
    {
        folder.Write("a.json", """
            { "peers": { "count": 1000000 }, "outputs": { "eventLog": "full", "textLogs": "full" },
              "invariants": { "mode": "all" } }
            """);

        Scenario scenario = folder.LoadFile("a").Scenario;

        Assert.That(scenario.Outputs.EventLog, Is.EqualTo(LogKind.Full));
        Assert.That(scenario.Outputs.TextLogs, Is.EqualTo(LogKind.Full));
        Assert.That(scenario.Invariants.Mode, Is.EqualTo(InvariantMode.All));
    }

    [Test]
    public void An_effective_scenario_read_again_is_the_same_scenario()
    {
        folder.Write("a.json", """
            { "timing": "documents", "overlay": { "linksPerJoin": 1 }, "peers": { "count": 100000 },
              "faults": [
                { "type": "crash", "atSeconds": 1, "target": { "pick": "highestDegree" } },
                { "type": "partition", "atSeconds": 5, "groups": [[{ "pick": "random", "fraction": 0.5 }], "rest"] } ],
              "expectations": [{ "metric": "membership.seedsAgree", "op": "==", "value": true }],
              "invariants": { "waived": { "noFalseRemoval": "D3" } } }
            """);
        string effective = folder.LoadFile("a").EffectiveText;
        folder.Write("again.json", effective);

        Assert.That(folder.LoadFile("again").EffectiveText, Is.EqualTo(effective));
    }

    [TestCase(10, 60, 10)]
    [TestCase(3000, 60, 10)]
    [TestCase(6000, 60, 5)]
    [TestCase(1_000_000, 60, 0.03)]
    public void Peers_start_fast_enough_for_formation(int peers, int formationSeconds, double joinIntervalMs)
    {
        Scenario scenario = folder.Load(
            $$"""{ "peers": { "count": {{peers}} }, "phases": { "formationSeconds": {{formationSeconds}} } }""");

        Assert.That(scenario.Peers.JoinIntervalMs, Is.EqualTo(joinIntervalMs));
    }

    [Test]
    public void A_peer_that_opens_one_link_keeps_one() =>
        Assert.That(folder.Load("{ \"overlay\": { \"linksPerJoin\": 1 } }").Overlay.Repair.MinDegree, Is.EqualTo(1));

    [TestCase("my file (2).json", "my-file-2-")]
    [TestCase("-x.json", "x")]
    [TestCase("ü.json", "scenario")]
    public void A_nameless_scenario_is_named_as_its_file(string file, string name)
    {
        folder.Write(file, "{}");

        Assert.That(folder.LoadFile(file).Scenario.Name, Is.EqualTo(name));
    }

    [Test]
    public void Measured_latencies_move_from_their_file_into_the_scenario()
    {
        Directory.CreateDirectory(Path.Combine(folder.Current, "sub"));
        folder.Write("sub/measured.txt", "# round trips\r\n1.5\r\n\r\n2\r\n");
        folder.Write(
            "sub/base.json",
            """{ "network": { "latency": { "distribution": "empirical", "file": "measured.txt" } } }""");

        var latency = (EmpiricalLatencySettings)folder.Load("""{ "extends": "sub/base" }""").Network.Latency;

        Assert.That(latency.SamplesMs, Is.EqualTo(new[] { 1.5, 2 }));
        Assert.That(latency.File, Is.Null);
    }

    [TestCase("1\nx\n", "m.txt:2:1: found \"x\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("1\n-1\n", "m.txt:2:1: found \"-1\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("NaN", "m.txt:1:1: found \"NaN\", allowed is a number of milliseconds from 0 to 60000")]
    [TestCase("# none\n", "m.txt: found 0 latencies, allowed are 1 to 100000")]
    public void A_wrong_file_of_latencies_is_told_by_line(string samples, string message)
    {
        folder.Write("m.txt", samples);

        Assert.That(
            folder.Problem("""{ "network": { "latency": { "distribution": "empirical", "file": "m.txt" } } }"""),
            Is.EqualTo(message));
    }

    [Test]
    public void A_missing_file_of_latencies_is_told_at_the_key() => Assert.That(
        folder.Problem("""{ "network": { "latency": { "distribution": "empirical", "file": "gone.txt" } } }"""),
        Is.EqualTo("a.json:1:66: network.latency.file: no file \"gone.txt\" (looked for gone.txt)"));
}
