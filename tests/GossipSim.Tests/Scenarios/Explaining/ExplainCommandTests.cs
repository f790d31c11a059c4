using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

internal sealed class ExplainCommandTests
{
    private ProgramRun program = null!;

    [SetUp]
    public void WriteRun()
    {
        program = new ProgramRun();
        var folder = Directory.CreateDirectory(Path.Combine(program.Folder.Current, "results", "one"));
        LoggedRun.Small(7).WriteTo(Path.Combine(folder.FullName, "events.jsonl.gz"));
    }

    [TearDown]
    public void Remove() => program.Dispose();

    private JsonElement Json => JsonDocument.Parse(program.Output).RootElement;

    private ExitCode Ask(params string[] question) => program.Main(["explain", "results/one", .. question]);

    [Test]
    public void Without_a_question_it_lists_what_can_be_asked()
    {
        Assert.That(Ask(), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.StartWith("small (sim): "));
        Assert.That(program.Output, Does.Match(@"--message [0-9]+ --peer 127\.0\.0\.1:70[0-9]{2}"));
        Assert.That(program.Output, Does.Match(@"--removal 127\.0\.0\.1:70[0-9]{2}@[0-9]+ +removed at"));
    }

    [Test]
    public void Every_listed_gap_is_answered_with_a_reason_why_it_did_not_come()
    {
        Ask("--json");
        var gap = Json.GetProperty("gaps")[0];
        var (number, peer) = (gap.GetProperty("number").GetInt32(), gap.GetProperty("peers")[0].GetString()!);
        using var second = new ProgramRun();
        LoggedRun.Small(7).WriteTo(Path.Combine(second.Folder.Current, "events.jsonl.gz"));

        var code = second.Main("explain", "events.jsonl.gz", "--message", $"{number}", "--peer", peer, "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held));
        var answer = JsonDocument.Parse(second.Output).RootElement;
        Assert.That(
            answer.GetProperty("question").GetString(),
            Is.EqualTo($"message {gap.GetProperty("message").GetString()} and peer {peer}"));
        var delivered = new[] { ReachReason.DeliveredByFlood, ReachReason.RecoveredByRequest, ReachReason.IsTheOrigin };
        Assert.That(
            ScenarioJson.WordsOf(typeof(ReachReason)).Except(delivered.Select(reason => ScenarioJson.WordOf(reason))),
            Does.Contain(answer.GetProperty("reason").GetString()));
        Assert.That(answer.GetProperty("steps").GetArrayLength(), Is.GreaterThan(0));
    }

    [Test]
    public void A_removal_is_told_from_the_crash_to_the_last_commit()
    {
        var run = Stage.Run(faults: """{ "type": "crash", "atSeconds": 1, "target": { "index": [2] } }""");
        run.WriteTo(Path.Combine(program.Folder.Current, "events.jsonl.gz"));

        var code = program.Main("explain", "events.jsonl.gz", "--removal", "127.0.0.1:7002@1");

        Assert.That(code, Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("crashedAndRemoved: "));
        string[] chapters = ["crashed (", "suspected it", "asked for votes", "voted yes", "committed the removal"];
        var places = chapters.Select(words => program.Output.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.That(places, Has.All.Positive);
        Assert.That(places, Is.Ordered);
    }

    /// <summary>Every seed node counts votes, and the one that asked for them is not always the first.</summary>
    [Test]
    public void A_quorum_is_told_before_each_commit_and_the_waits_sum_to_the_whole()
    {
        var run = Stage.Run(faults: """{ "type": "crash", "atSeconds": 1, "target": { "index": [2] } }""");
        run.WriteTo(Path.Combine(program.Folder.Current, "events.jsonl.gz"));
        program.Main("explain", "events.jsonl.gz", "--removal", "127.0.0.1:7002@1");
        // Between the events stand the stages, each with its length.
        var steps = program.Output.Split('\n').Where(line => line.StartsWith("    ") && !line.Contains(" s until "))
            .ToList();

        var commits = steps.Select((line, index) => (Line: line, index)).Where(step => step.Line.Contains("committed"));
        Assert.That(commits.Count(), Is.GreaterThan(1));
        foreach (var (line, index) in commits)
        {
            var seedNode = Regex.Match(line, "seed node ([^ ]*) committed").Groups[1].Value;
            var before = steps.Take(index).Any(step => step.Contains($"a quorum was there at {seedNode}:"));
            Assert.That(before || line.Contains("a quorum was there: 127.0.0.1:"), line);
        }

        var waits = steps.Select(step => Regex.Match(step, @", ([0-9.]+) s later")).Where(match => match.Success);
        Assert.That(
            waits.Sum(wait => Number(wait.Groups[1].Value)), Is.EqualTo(AtSeconds(steps[^1]) - AtSeconds(steps[0])));
    }

    private static decimal AtSeconds(string step) => Number(step.Trim().Split(' ')[0]);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [TestCase("--message 999 --peer 127.0.0.1:7000", "--message: found 999, allowed is an id or a number from 1 to ")]
    [TestCase("--message 1 --peer 127.0.0.1:70000", "--peer: found \"127.0.0.1:70000\", allowed is ip:port")]
    [TestCase(
        "--message 1 --peer 127.0.0.1:7099", "--peer: no node 127.0.0.1:7099 in this run; did you mean \"127.0.0.1:70")]
    [TestCase("--removal 7999", "--removal: no node of this run has the port 7999")]
    [TestCase("--removal hub", "--removal: found \"hub\", allowed is ip:port as in 127.0.0.1:7000, or a port alone")]
    [TestCase("--removal 127.0.0.1:7000@x", "--removal: found epoch \"x\", allowed is a whole number from 1 on")]
    [TestCase("--message 1", "--message and --peer belong together: which message, and at which peer")]
    [TestCase("--message 1 --removal 127.0.0.1:7000", "--removal is a question of its own")]
    public void A_question_that_makes_no_sense_is_one_line_and_exit_code_2(string question, string expected)
    {
        Assert.That(Ask(question.Split(' ')), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(expected));
        Assert.That(program.Error.Trim(), Does.Not.Contain('\n'));
        Assert.That(program.Output, Is.Empty);
    }

    [Test]
    public void A_port_names_the_node_that_has_it()
    {
        Ask("--json");
        var removed = Json.GetProperty("removals")[0].GetProperty("node").GetString()!;
        using var second = new ProgramRun();
        LoggedRun.Small(7).WriteTo(Path.Combine(second.Folder.Current, "events.jsonl.gz"));

        var code = second.Main("explain", "events.jsonl.gz", "--removal", removed.Split(':')[1] + "@1", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), second.Error);
        Assert.That(
            JsonDocument.Parse(second.Output).RootElement.GetProperty("question").GetString(), Does.Contain(removed));
    }

    [Test]
    public void A_message_that_is_misspelled_gets_the_nearest_one_named()
    {
        var id = new RawLog(LoggedRun.Small(7).Lines()).Messages.First();

        Assert.That(Ask("--message", id[..^1] + "7", "--peer", "127.0.0.1:7000"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain($"did you mean \"{id[..^4]}"));
    }

    [Test]
    public void A_folder_that_is_no_run_is_told()
    {
        Directory.CreateDirectory(Path.Combine(program.Folder.Current, "empty"));

        Assert.That(program.Main("explain", "nowhere"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Main("explain", "empty"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain("no run \"nowhere\"").And.Contain("\"empty\" has no events.jsonl.gz"));
    }
}
