using System.Globalization;
using System.Xml.Linq;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.JUnit;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.JUnit;

/// <summary><c>--junit</c>: what CI servers read of run, compare and test.</summary>
[TestFixture]
internal sealed class JUnitTests
{
    private const string Phases = """ "phases": { "warmupSeconds": 0, "measureSeconds": 5, "drainSeconds": 2 } """;

    private const string WithExpectations =
        $$"""
        { "name": "small", "runtime": "sim", "randomSeed": 3, {{Phases}}, "peers": { "count": 8 }, "expectations": [
          { "metric": "gossip.coverageOfLivePeersMin", "op": "==", "value": 1 },
          { "metric": "overlay.edges", "op": "<", "value": 1 } ] }
        """;

    private const string WithIdleFault =
        $$"""
        { "name": "small", "runtime": "sim", "randomSeed": 3, {{Phases}}, "peers": { "count": 8 }, "faults": [
          { "id": "x", "type": "crash", "afterEvent": { "event": "deathReported" }, "target": { "index": [1] } } ] }
        """;

    private readonly WholeRun run = new();
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Delete()
    {
        run.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_failing_expectation_is_a_failure_and_a_met_one_is_none()
    {
        var code = run.Main(WithExpectations, "small.json", "--junit", "out/small.xml");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        var suites = Read("out/small.xml");
        var failure = suites.Descendants("failure").Single();
        Assert.That(Name(failure.Parent!), Is.EqualTo("overlay.edges < 1"));
        Assert.That(failure.Attribute("message")!.Value, Does.Match(@"^it is \d+$"));
        var names = suites.Descendants("testcase").Select(Name).ToList();
        Assert.That(names, Is.Unique.And.Contains("gossip.coverageOfLivePeersMin == 1"));
        Assert.That(names, Does.Contain("the run comes to its end").And.Contains("noFalseRemoval"));
        Assert.That(names, Has.None.Contains("warning"), "they do not count");
    }

    [Test]
    public void Under_strict_a_warning_is_a_failure()
    {
        Assert.That(
            run.Main(WithIdleFault, "small.json", "--strict", "--junit", "small.xml"), Is.EqualTo(ExitCode.Failed));

        var failure = Read("small.xml").Descendants("failure").Single();
        Assert.That(Name(failure.Parent!), Is.EqualTo("no warning faultNeverCame x"));
        Assert.That(failure.Attribute("message")!.Value, Does.StartWith("fault x (crash) never came"));
    }

    [Test]
    public void A_violated_promise_is_a_failure_and_one_that_was_not_judged_is_skipped()
    {
        var ending = RecordedRun.Ending with
        {
            Invariants =
            [
                new InvariantOutcome("held", Violated: false, Detail: null, AtSeconds: null, []),
                new InvariantOutcome("broken", Violated: true, "two <votes> & \u0001 more", 2.5, ["127.0.0.1:7000"]),
                new InvariantOutcome("waiting", Violated: false, Detail: null, AtSeconds: null, [], Judged: false),
            ],
        };
        var result = RunResult.Conclude(RecordedRun.WithLineOf(2).MeasureAt(5), ending);

        JUnitFile.Write(folder["a.xml"], "promises", JUnitOutcomes.Of(result));

        var suites = XDocument.Load(folder["a.xml"]);
        AssertCounts(suites);
        var failure = suites.Descendants("failure").Single();
        Assert.That(Name(failure.Parent!), Is.EqualTo("broken"));
        Assert.That(failure.Value, Does.Contain(@"two <votes> & \u0001 more [127.0.0.1:7000]"));
        Assert.That(Name(suites.Descendants("skipped").Single().Parent!), Is.EqualTo("waiting"));
    }

    [Test]
    public void Several_runs_are_a_case_each()
    {
        run.Main(WithExpectations, "small.json", "--runs", "2", "--junit", "small.xml");

        var cases = Read("small.xml").Descendants("testcase").ToList();
        Assert.That(cases.Select(Name), Is.EqualTo(new[] { "random seed 3", "random seed 4" }));
        Assert.That(cases.Elements("failure").Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_gate_that_fails_is_a_failure_and_one_that_was_not_measured_an_error()
    {
        var code = run.Main(
            WithIdleFault, "compare", "small.json", "small.json", "--runs", "2", "--set-b", "peers.count=12",
            "--fail-if", "overlay.edges > +1", "--fail-if", "overlay.edges > +1000",
            "--fail-if", "detection.timeToRemovalMs.p50 > +1", "--junit", "gates.xml");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        var suites = Read("gates.xml");
        Assert.That(Name(suites.Descendants("failure").Single().Parent!), Is.EqualTo("overlay.edges > +1"));
        Assert.That(
            Name(suites.Descendants("error").Single().Parent!), Is.EqualTo("detection.timeToRemovalMs.p50 > +1"));
    }

    [Test]
    public void A_strict_comparison_fails_on_the_warnings_of_new_and_of_stored_runs()
    {
        Assert.That(run.Main(WithIdleFault, "small.json", "--runs", "2"), Is.EqualTo(ExitCode.Held), run.Error);
        string[] compare = ["compare", run.RunFolder, "small.json"];

        Assert.That(run.Main(WithExpectations, compare), Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(
            run.Main(WithExpectations, [.. compare, "--strict", "--junit", "strict.xml"]), Is.EqualTo(ExitCode.Failed));

        Assert.That(run.Output, Does.Contain("A: Warning: in 2 of 2 runs: fault x (crash) never came"));
        Assert.That(
            Read("strict.xml").Descendants("failure").Select(failure => Name(failure.Parent!)),
            Is.EqualTo(new[] { "A: no warning faultNeverCame x" }));
    }

    [Test]
    public void Stages_are_suites_and_a_check_that_fails_says_what_was_seen()
    {
        var outcome = new SuiteOutcome(1, 2, 3, "logs", [
            new StageOutcome(1, "sockets", [
                new CheckOutcome(1, "connect", true, "yes", "yes", 0.5),
                new CheckOutcome(2, "frame", false, "nothing", "a line", 1.25)])]);

        JUnitFile.Write(folder["a.xml"], "test", JUnitOutcomes.Of(outcome));

        var suite = XDocument.Load(folder["a.xml"]).Root!.Elements("testsuite").Single();
        Assert.That(Name(suite), Is.EqualTo("stage 1: sockets"));
        Assert.That(suite.Descendants("failure").Single().Value, Is.EqualTo("expected: a line; seen: nothing"));
        Assert.That(suite.Elements("testcase").Select(each => each.Attribute("time")!.Value),
            Is.EqualTo(new[] { "0.5", "1.25" }));
    }

    [Test]
    public void Another_file_is_not_replaced_and_an_earlier_one_is()
    {
        File.WriteAllText(Path.Combine(run.Current, "notes.xml"), "<notes/>");

        Assert.That(
            run.Main(WithExpectations, "small.json", "--junit", "notes.xml"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("--junit: ").And.Contain("is there already, and is not overwritten"));
        Assert.That(Directory.Exists(run.Results), Is.False, "nothing ran");
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.That(
                run.Main(WithExpectations, "small.json", "--junit", "again.xml"), Is.EqualTo(ExitCode.Failed));
        }
    }

    private XDocument Read(string file)
    {
        var suites = XDocument.Load(Path.Combine(run.Current, file));
        AssertCounts(suites);
        return suites;
    }

    /// <summary>The counts are those of the cases, in all suites and in each.</summary>
    private static void AssertCounts(XDocument document)
    {
        Assert.That(document.Root!.Name.LocalName, Is.EqualTo("testsuites"));
        foreach (var part in document.Descendants("testsuite").Prepend(document.Root))
        {
            Assert.That(Number(part, "tests"), Is.EqualTo(part.Descendants("testcase").Count()));
            Assert.That(Number(part, "failures"), Is.EqualTo(part.Descendants("failure").Count()));
            Assert.That(Number(part, "errors"), Is.EqualTo(part.Descendants("error").Count()));
            Assert.That(Number(part, "skipped"), Is.EqualTo(part.Descendants("skipped").Count()));
            Assert.That(Number(part, "time"), Is.GreaterThanOrEqualTo(0));
        }
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string Name(XElement element) => element.Attribute("name")!.Value;
}
