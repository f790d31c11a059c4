using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>A run whose logs and invariants follow some of the peers, beside the run that keeps everything.</summary>
[TestFixture]
internal sealed class SampledRunTests
{
    private const int Peers = 40;
    private const int Followed = 10;

    private static WholeRun full = null!;
    private static WholeRun sampled = null!;

    [OneTimeSetUp]
    public static void RunBoth()
    {
        (full, sampled) = (new WholeRun(), new WholeRun());
        var codes = new[]
        {
            full.Main(SmallScenarios.CrashHub, "small.json"),
            sampled.Main(
                SmallScenarios.CrashHub, "small.json", "--set", "outputs.eventLog=sampled",
                "--set", "outputs.textLogs=sampled",
                "--set", $"outputs.sampledPeers={Followed}", "--set", "invariants.mode=sampled",
                "--set", $"invariants.sampledPeers={Followed}"),
        };
        Assert.That(codes, Is.All.EqualTo(ExitCode.Held), sampled.Error);
    }

    [OneTimeTearDown]
    public static void RemoveFolders()
    {
        full.Dispose();
        sampled.Dispose();
    }

    [Test]
    public void Every_figure_is_that_of_the_whole_run()
    {
        string[] figures = ["fingerprint", "peers", "overlay", "gossip", "detection", "membership"];

        Assert.That(
            figures.Select(name => sampled.Summary.GetProperty(name).GetRawText()),
            Is.EqualTo(figures.Select(name => full.Summary.GetProperty(name).GetRawText())));
    }

    [Test]
    public void The_event_log_has_those_lines_of_the_full_one_that_the_sample_keeps()
    {
        var all = LinesOf(full).ToDictionary(line => (long)line["seq"]!);
        var kept = LinesOf(sampled);

        Assert.That(kept.Count, Is.InRange(100, all.Count / 2));
        foreach (var line in kept) AssertSame(line, all[(long)line["seq"]!]);
        foreach (var kind in new[] { "faultStruck", "processCrashed", "suspected", "deathReported", "runEnded" })
            Assert.That(CountOf(kept, kind), Is.EqualTo(CountOf(all.Values, kind)).And.GreaterThan(0), kind);
    }

    [Test]
    public void The_log_is_read_back_and_a_gap_in_a_full_one_is_not()
    {
        using var file = File.OpenRead(sampled["events.jsonl.gz"]);
        using var log = new EventLogReader(file, "events");

        Assert.That(log.Facts.LoggedPeers, Is.EqualTo(Followed));
        Assert.That(log.Events().Count(), Is.EqualTo(LinesOf(sampled).Count));
    }

    [Test]
    public void A_log_that_leaves_events_out_explains_nothing()
    {
        var code = sampled.Main(SmallScenarios.CrashHub, "explain", sampled.RunFolder);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(sampled.Error, Does.Contain($"follows about {Followed} of {Peers} peers; only a run with"));
    }

    [Test]
    public void Summary_console_report_and_text_log_say_how_much_is_left_out()
    {
        var logs = sampled.Summary.GetProperty("logs");
        var logged = logs.GetProperty("sampledPeers").GetInt32();

        Assert.That(logs.GetProperty("eventLog").GetString(), Is.EqualTo("sampled"));
        Assert.That(logged, Is.InRange(1, Peers - 1));
        // Without the two marks of the run itself.
        Assert.That(logs.GetProperty("eventsLogged").GetInt64(), Is.EqualTo(LinesOf(sampled).Count - 2));
        Assert.That(logs.GetProperty("events").GetInt64(), Is.EqualTo(LinesOf(full).Count));
        Assert.That(logs.GetProperty("textLogs").GetString(), Is.EqualTo("sampled"));
        Assert.That(logs.GetProperty("peersInText").GetInt32(), Is.EqualTo(logged));
        var report = sampled.Text("report.html");
        Assert.That(report, Does.Contain($"The event log and overlay.graphml follow {logged} of {Peers} peers"));
        Assert.That(report, Does.Contain($"outputfile.txt and logs/ follow {logged} of {Peers} peers"));
        Assert.That(
            sampled.Text("outputfile.txt").Split('\n')[0], Does.Contain($"follows about {Followed} of {Peers} peers"));
        Assert.That(
            full.Text("report.html"), Does.Not.Contain("overlay.graphml follow").And.Not.Contain("logs/ follow"));
        Assert.That(full.Summary.GetProperty("logs").GetProperty("eventLog").GetString(), Is.EqualTo("full"));
    }

    [Test]
    public void The_text_log_has_those_lines_of_the_full_one_that_the_sample_keeps()
    {
        var all = full.Text("outputfile.txt").Split('\n').ToHashSet();
        string[] counting = ["follows about", "sampled peers"];   // these count what the log follows

        var kept = sampled.Text("outputfile.txt").Split('\n')
            .Where(line => !counting.Any(line.Contains)).ToList();

        Assert.That(kept.Count, Is.InRange(100, all.Count / 2));
        Assert.That(kept.Where(line => !all.Contains(line)), Is.Empty);
        Assert.That(kept.Count(line => line.Contains("CONFIRMED REMOVAL")), Is.GreaterThan(0));
    }

    [Test]
    public void A_run_without_text_logs_has_the_same_figures_and_says_so()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "small.json", "--set", "outputs.textLogs=none");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(File.Exists(run["outputfile.txt"]), Is.False);
        Assert.That(Directory.Exists(run["logs"]), Is.False);
        Assert.That(run.Text("report.html"), Does.Contain("href=\"run.json\""));
        Assert.That(run.Text("report.html"), Does.Not.Contain("href=\"outputfile.txt\""));
        Assert.That(run.Summary.GetProperty("logs").GetProperty("textLogs").GetString(), Is.EqualTo("none"));
        Assert.That(
            run.Summary.GetProperty("fingerprint").GetString(),
            Is.EqualTo(full.Summary.GetProperty("fingerprint").GetString()));
    }

    [Test]
    public void The_invariants_that_judged_a_sample_are_named()
    {
        var invariants = sampled.Summary.GetProperty("invariants");

        Assert.That(
            invariants.GetProperty("sampled").EnumerateArray().Select(name => name.GetString()),
            Is.EquivalentTo(new[] { "oneRegistrationVotePerEpoch", "membershipNeverGoesBack", "minoritySideFrozen" }));
        Assert.That(invariants.GetProperty("sampledPeers").GetInt32(), Is.InRange(1, Peers - 1));
        Assert.That(invariants.GetProperty("checked").GetInt32(), Is.EqualTo(13));
        Assert.That(sampled.Text("report.html"), Does.Contain("held, on a sample of the peers"));
        Assert.That(full.Summary.GetProperty("invariants").GetProperty("sampled").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void The_graph_has_all_links_of_sampled_peers_and_no_others()
    {
        var sample = new PeerSample(Followed, Peers);
        bool IsFollowed((string A, string B) link) =>
            sample.Has(NodeAddress.Parse(link.A)) || sample.Has(NodeAddress.Parse(link.B));

        var (all, followed) = (LinksOf(full), LinksOf(sampled));

        Assert.That(followed, Is.EqualTo(all.Where(IsFollowed)).And.Count.LessThan(all.Count));
        var nodes = Graph(sampled, "node").Select(node => node.Attribute("id")!.Value).ToHashSet();
        Assert.That(followed.SelectMany(link => new[] { link.A, link.B }).Where(end => !nodes.Contains(end)), Is.Empty);
    }

    /// <summary>The same event; what led to it may be among those that are left out.</summary>
    private static void AssertSame(JsonObject line, JsonObject other)
    {
        foreach (var name in new[] { "time", "node", "kind", "about", "number" })
            Assert.That(line[name]?.ToJsonString(), Is.EqualTo(other[name]?.ToJsonString()), line.ToJsonString());
        if (line["cause"] is { } cause) Assert.That((long)cause, Is.LessThan((long)line["seq"]!));
    }

    private static int CountOf(IEnumerable<JsonObject> lines, string kind) =>
        lines.Count(line => (string)line["kind"]! == kind);

    private static List<JsonObject> LinesOf(WholeRun run)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(run["events.jsonl.gz"]), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static List<(string A, string B)> LinksOf(WholeRun run) =>
        [.. Graph(run, "edge").Select(edge => (edge.Attribute("source")!.Value, edge.Attribute("target")!.Value))];

    private static IEnumerable<XElement> Graph(WholeRun run, string element) => XDocument
        .Load(run["overlay.graphml"]).Descendants().Where(each => each.Name.LocalName == element);
}
