using System.IO.Compression;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Protocols;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Remeasuring;

/// <summary>What a run said of itself comes out of its event log again, and a summary that lies is found out.</summary>
[TestFixture]
internal sealed class RemeasuredRunTests
{
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

    [Test]
    public void Figures_that_were_changed_are_named_with_both_values_whatever_they_are_about()
    {
        (string Section, string Name)[] figures =
        [
            ("peers", "live"), ("overlay", "edges"), ("gossip", "deliveries"), ("propagation", "relativeRedundancy"),
            ("detection", "falseRemovals"), ("membership", "changes"), ("refusals", "reports"), ("powerLaw", "alpha"),
        ];
        Make(SmallScenarios.With(SmallScenarios.KillHub, peers: 20));
        var (summary, was) = (Stored(), Stored());
        foreach (var (section, name) in figures) summary[section]![name] = 12345;
        File.WriteAllText(run["summary.json"], summary.ToJsonString());

        Assert.That(Analyze(), Is.EqualTo(ExitCode.Failed), run.Error);
        Assert.That(run.Output, Does.Contain($"differs from the event log in {figures.Length} figures"));
        foreach (var (section, name) in figures)
        {
            var measured = was[section]![name]?.ToJsonString() ?? "null";
            Assert.That(run.Output, Does.Contain($"{section}.{name}: 12345 there, {measured} in the log"));
        }
    }

    [Test]
    public void The_metrics_of_an_own_protocol_come_out_again_and_a_changed_one_is_named()
    {
        Assert.That(run.Main(OwnScenarios.Average(), "small.json"), Is.EqualTo(ExitCode.Held), run.Error);
        var before = run.Output.Length;

        Assert.That(Analyze("--output", "again"), Is.EqualTo(ExitCode.Held), run.Error + run.Output);

        Assert.That(run.Output[before..], Does.Contain("average, mean / spread at the end"));
        foreach (var drawn in Directory.GetFiles(Path.Combine(run.Current, "again"), "*.svg"))
            Assert.That(
                File.ReadAllText(drawn), Is.EqualTo(File.ReadAllText(run[$"plots/{Path.GetFileName(drawn)}"])), drawn);

        var summary = Stored();
        var mean = summary["metrics"]!["average"]!["mean"]!.ToJsonString();
        summary["metrics"]!["average"]!["mean"] = 12345;
        File.WriteAllText(run["summary.json"], summary.ToJsonString());
        Assert.That(Analyze(), Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Output, Does.Contain($"metrics.average.mean: 12345 there, {mean} in the log"));
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
        var log = run[EventLog.FileName];
        string lines;
        using (var whole = new StreamReader(new GZipStream(File.OpenRead(log), CompressionMode.Decompress)))
            lines = whole.ReadToEnd();
        using (var shorter = new StreamWriter(new GZipStream(File.Create(log), CompressionLevel.Fastest)))
            shorter.Write(string.Join('\n', lines.Split('\n')[..^2]) + "\n");
        Assert.That(Analyze(), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("the log has no end"));

        File.Delete(log);
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
