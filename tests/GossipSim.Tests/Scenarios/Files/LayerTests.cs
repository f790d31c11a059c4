using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class LayerTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void An_extending_file_merges_objects_and_replaces_lists()
    {
        folder.Write(
            "base.json",
            """{ "tags": ["x", "y"], "peers": { "count": 9, "basePort": 7100 }, "randomSeed": 4 }""");

        Scenario scenario = folder.Load("""{ "extends": "base.json", "tags": ["z"], "peers": { "count": 5 } }""");

        Assert.That(scenario.Tags, Is.EqualTo(new[] { "z" }));
        Assert.That(scenario.Peers.Count, Is.EqualTo(5));
        Assert.That(scenario.Peers.BasePort, Is.EqualTo(7100));
        Assert.That(scenario.RandomSeed, Is.EqualTo(4));
        Assert.That(scenario.Extends, Is.Null);
    }

    [Test]
    public void A_base_file_is_looked_for_beside_the_extending_file_and_then_among_the_shipped()
    {
        Directory.CreateDirectory(Path.Combine(folder.Current, "sub"));
        folder.Write("sub/profile.json", """{ "peers": { "count": 5 }, "extends": "../other" }""");
        folder.Write("other.json", """{ "extends": "stock" }""");
        folder.Ship("stock.json", """{ "randomSeed": 77 }""");

        Scenario scenario = folder.Load("""{ "extends": "sub/profile" }""");

        Assert.That(scenario.Peers.Count, Is.EqualTo(5));
        Assert.That(scenario.RandomSeed, Is.EqualTo(77));
    }

    [Test]
    public void A_problem_in_a_base_file_is_told_with_its_place_there()
    {
        folder.Write("base.json", "{\n  \"peers\": { \"count\": 0 } }");

        Assert.That(
            folder.Problem("""{ "extends": "base.json", "peers": { "basePort": 7100 } }"""),
            Is.EqualTo("base.json:2:23: peers.count: found 0, allowed is a whole number from 1 to 1000000"));
    }

    [Test]
    public void A_missing_base_file_is_told_at_the_key_that_names_it() => Assert.That(
        folder.Problem("{\n \"extends\": \"nowhere\" }"),
        Does.StartWith("a.json:2:13: no scenario \"nowhere\" (looked for nowhere, nowhere.json,"));

    [Test]
    public void Files_that_extend_each_other_in_a_circle_are_named()
    {
        folder.Write("b.json", """{ "extends": "a.json" }""");

        Assert.That(
            folder.Problem("""{ "extends": "b.json" }"""),
            Is.EqualTo("b.json:1:14: extends: the files extend each other in a circle: a.json -> b.json -> a.json"));
        Assert.That(folder.Problem("""{ "extends": "a" }"""), Does.EndWith("in a circle: a.json -> a.json"));
    }

    [Test]
    public void A_chain_of_files_has_an_end()
    {
        for (int link = 1; link <= 9; link++)
            folder.Write($"link{link}.json", $$"""{ "extends": "link{{link + 1}}.json" }""");

        Assert.That(
            folder.Problem("""{ "extends": "link1" }"""),
            Does.EndWith("extends: allowed is a chain of at most 8 files"));
    }

    [Test]
    public void Extends_must_be_a_text() => Assert.That(
        folder.Problem("""{ "extends": ["b.json"] }"""),
        Is.EqualTo("a.json:1:14: extends: found a list, allowed is a text of at most 1000 characters"));

    [Test]
    public void A_latency_of_another_distribution_replaces_the_one_below()
    {
        folder.Write(
            "base.json",
            """{ "network": { "latency": { "distribution": "normal", "meanMs": 9, "sigmaMs": 1 } } }""");

        Scenario other = folder.Load(
            """{ "extends": "base", "network": { "latency": { "distribution": "constant", "valueMs": 5 } } }""");
        Scenario same = folder.Load("""{ "extends": "base", "network": { "latency": { "sigmaMs": 2 } } }""");

        Assert.That(other.Network.Latency, Is.EqualTo(new ConstantLatencySettings { ValueMs = 5 }));
        Assert.That(same.Network.Latency, Is.EqualTo(new NormalLatencySettings { MeanMs = 9, SigmaMs = 2 }));
    }

    [TestCase("peers.count=50", 50)]
    [TestCase("peers.count = 50", 50)]
    [TestCase("peers={\"count\":50}", 50)]
    public void An_option_is_laid_over_the_file(string setting, int count)
    {
        Scenario scenario = folder.Load("""{ "peers": { "count": 9, "basePort": 7100 } }""", setting);

        Assert.That(scenario.Peers.Count, Is.EqualTo(count));
        Assert.That(scenario.Peers.BasePort, Is.EqualTo(7100));
    }

    [Test]
    public void The_last_of_several_options_wins_and_words_need_no_quotes()
    {
        Scenario scenario = folder.Load("{}", "runtime=sim", "runtime=tcp", "name=x.1", "overlay.maxDegree=9");

        Assert.That(scenario.Runtime, Is.EqualTo(RuntimeKind.Tcp));
        Assert.That(scenario.Name, Is.EqualTo("x.1"));
        Assert.That(scenario.Overlay.MaxDegree, Is.EqualTo(9));
    }

    [Test]
    public void An_option_reaches_into_lists()
    {
        const string Text = """{ "faults": [{ "type": "crash", "atSeconds": 9, "target": { "index": [3] } }] }""";

        Scenario scenario = folder.Load(Text, "faults[0].atSeconds=12.5", "faults[0].target.index[0]=4");

        Assert.That(scenario.Faults[0].AtSeconds, Is.EqualTo(12.5));
        Assert.That(scenario.Faults[0].Struck!.Index, Is.EqualTo(new[] { 4 }));
        Assert.That(
            folder.Problem(Text, "faults[1].atSeconds=5"),
            Is.EqualTo("--set faults[1].atSeconds=5: there is no entry [1]; the list has 1"));
    }

    [Test]
    public void An_option_changes_the_distribution_before_its_parameters()
    {
        Scenario scenario = folder.Load(
            "{}", "network.latency.distribution=constant", "network.latency.valueMs=5");

        Assert.That(scenario.Network.Latency, Is.EqualTo(new ConstantLatencySettings { ValueMs = 5 }));
    }

    [TestCase(
        "peers.count=0",
        "--set peers.count=0: peers.count: found 0, allowed is a whole number from 1 to 1000000")]
    [TestCase(
        "peers.count=abc",
        "--set peers.count=abc: peers.count: found \"abc\", allowed is a whole number from 1 to 1000000")]
    [TestCase("peers.cuont=5", "--set peers.cuont=5: peers: unknown key \"cuont\"; did you mean \"count\"?")]
    [TestCase("peers.count", "--set peers.count: write it as path=value, such as --set peers.count=50")]
    [TestCase("=5", "--set =5: write it as path=value, such as --set peers.count=50")]
    [TestCase(
        "peers..count=5",
        "--set peers..count=5: \"peers..count\" is no path; one looks like faults[0].atSeconds")]
    [TestCase("peers=", "--set peers=: peers: found \"\", allowed is an object { … }")]
    [TestCase("extends=b", "--set extends=b: extends: only a file can extend another")]
    [TestCase(
        "peers.count.x=5",
        "--set peers.count.x=5: peers.count: found an object, allowed is a whole number from 1 to 1000000")]
    public void A_mistake_in_an_option_names_the_option(string setting, string message) =>
        Assert.That(folder.Problem("{ }", setting), Is.EqualTo(message));

    [Test]
    public void The_profile_of_the_documents_gives_the_timings_that_the_file_does_not()
    {
        Scenario scenario = folder.Load("""{ "timing": "documents", "liveness": { "pingTimeoutMs": 1500 } }""");

        Assert.That(scenario.Liveness.PingIntervalMs, Is.EqualTo(13_000));
        Assert.That(scenario.Liveness.PingTimeoutMs, Is.EqualTo(1500));
        Assert.That(scenario.Liveness.Confirmation.TimeoutMs, Is.EqualTo(2000));
        Assert.That(scenario.SeedNodes.ProbeAttempts, Is.EqualTo(3));
        Assert.That(scenario.SeedNodes.SyncIntervalMs, Is.EqualTo(15_000));
        Assert.That(scenario.Peers.RefreshIntervalMs, Is.EqualTo(60_000));
        Assert.That(scenario.Overlay.Repair.IntervalMs, Is.EqualTo(13_000));
        Assert.That(folder.Load("{}", "timing=documents").Liveness.PingIntervalMs, Is.EqualTo(13_000));
    }

    [TestCase(Fast, 8000)]
    [TestCase(Documents, 49_000)]
    public void Each_timing_profile_keeps_the_bound_from_crash_to_removal(string profile, int boundMs)
    {
        Scenario scenario = folder.Load("{}", "timing=" + profile);

        LivenessSettings liveness = scenario.Liveness;
        SeedNodeSettings seeds = scenario.SeedNodes;
        int suspicionMs = (liveness.MissedPingsToSuspect * liveness.PingIntervalMs) + liveness.PingTimeoutMs;
        int removalMs = (seeds.ProbeAttempts * seeds.ProbeTimeoutMs) + seeds.VoteTimeoutMs;
        Assert.That(suspicionMs + liveness.Confirmation.TimeoutMs + removalMs, Is.LessThanOrEqualTo(boundMs));
    }

    private const string Fast = "fast";

    private const string Documents = "documents";
}
