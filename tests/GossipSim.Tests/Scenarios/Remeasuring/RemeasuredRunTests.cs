using System.IO.Compression;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Remeasuring;

/// <summary>What a run said of itself comes out of its event log again, and a summary that lies is found out.</summary>
[TestFixture]
internal sealed class RemeasuredRunTests
{
    private const string Log = "events.jsonl.gz";

    private readonly WholeRun run = new();

    [TearDown]
    public void Clean() => run.Dispose();

    [Test]
    public void A_run_with_a_crash_says_the_same_again()
    {
        Make(SmallScenarios.With(SmallScenarios.KillHub, peers: 30));

        Assert.That(Analyze(), Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That(run.Output, Does.Contain("summary.json says the same as the event log"));
        Assert.That((int)Stored()["detection"]!["removed"]!, Is.EqualTo(1));
    }

    [Test]
    public void A_run_in_which_messages_share_an_id_says_the_same_again()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "scenarios", "doc001.json");
        var made = run.Main("", shipped, "--runtime", "sim", "--set", "outputs.plots=[]");
        Assert.That(made, Is.EqualTo(ExitCode.Held), run.Error);

        Assert.That(Analyze(), Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That((long)Stored()["gossip"]!["swallowed"]!, Is.Positive);
    }

    [Test]
    public void A_run_cut_apart_says_the_same_again()
    {
        Make(SmallScenarios.With(SmallScenarios.Split, measureSeconds: 25, peers: 20));

        Assert.That(Analyze(), Is.EqualTo(ExitCode.Held), run.Error + run.Output);
    }

    [TestCase("gossip", "deliveries")]
    [TestCase("detection", "falseRemovals")]
    [TestCase("overlay", "edges")]
    [TestCase("powerLaw", "alpha")]
    public void A_figure_that_was_changed_is_named_with_both_values(string section, string name)
    {
        Make(SmallScenarios.With(SmallScenarios.KillHub, peers: 20));
        var summary = Stored();
        var was = summary[section]![name]?.ToJsonString();
        summary[section]![name] = 12345;
        File.WriteAllText(run["summary.json"], summary.ToJsonString());

        Assert.That(Analyze(), Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Output, Does.Contain($"{section}.{name}: 12345 there, {was} in the log"));
    }

    [Test]
    public void Its_figures_are_drawn_where_one_wants_them()
    {
        Make(SmallScenarios.With(SmallScenarios.KillHub, peers: 20));

        var before = run.Output.Length;
        Assert.That(Analyze("--output", "again", "--json"), Is.EqualTo(ExitCode.Held));
        var figure = File.ReadAllText(Path.Combine(run.Current, "again", "degree-distribution.svg"));
        Assert.That(figure, Is.EqualTo(File.ReadAllText(run[Path.Combine("plots", "degree-distribution.svg")])));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(run.Output[before..])!["gossip"], Stored()["gossip"]));
    }

    [Test]
    public void A_run_without_an_end_or_a_whole_log_is_refused()
    {
        Make(SmallScenarios.With(SmallScenarios.KillHub, peers: 20));
        string lines;
        using (var whole = new StreamReader(new GZipStream(File.OpenRead(run[Log]), CompressionMode.Decompress)))
            lines = whole.ReadToEnd();
        using (var shorter = new StreamWriter(new GZipStream(File.Create(run[Log]), CompressionLevel.Fastest)))
            shorter.Write(string.Join('\n', lines.Split('\n')[..^2]) + "\n");
        Assert.That(Analyze(), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("the log has no end"));

        File.Delete(run[Log]);
        Assert.That(Analyze(), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("only a run with outputs.eventLog \"full\" has one"));

        File.WriteAllText(run["summary.json"], "{}");
        Assert.That(Analyze(), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("no summary of this version"));
    }

    private void Make(string scenario) => Assert.That(
        run.Main(scenario, "small.json", "--set", "outputs.plots=[\"degreeDistribution\"]", "--set", "expectations=[]"),
        Is.EqualTo(ExitCode.Held), run.Error);

    private ExitCode Analyze(params string[] options) => run.Main("", ["analyze", run.RunFolder, .. options]);

    private JsonNode Stored() => JsonNode.Parse(File.ReadAllText(run["summary.json"]))!;
}
