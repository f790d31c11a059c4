using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>A whole run with its folder: what is in it, and what the report says.</summary>
internal sealed class RunRecordingTests
{
    private const int Peers = 40;

    private readonly TemporaryFolder results = new();

    [TearDown]
    public void Delete() => results.Dispose();

    private RunResult Record(RunEnding? ending = null, RunFacts? facts = null)
    {
        var folder = RunFolder.Create(results.Path, RunLogs.SimulatedEpoch, "story", 42);
        var options = new RecordingOptions
        {
            CompatLogs = [CompatLog.Doc000],
            Measurement = new MeasurementOptions { PowerLawReplicates = 20, Threads = 1 },
        };
        facts ??= RunStory.Facts with
        {
            PeersWanted = Peers, FaultsInWords = ["10 s: crash 127.0.0.1:7002 <kill-hub>"],
        };
        using var recording = new RunRecording(facts, folder, options, new SilentProgress());
        recording.WriteInputs("{ /* as given */ }", "{}", "gossipsim run story.json");
        var story = new RunStory(recording);
        CrashStory.TellFormation(story, Peers);
        recording.MarkScenarioStart(story.Now);
        CrashStory.TellScenario(story, Peers);
        recording.MarkEnd(story.Now);
        return recording.Finish(ending ?? RecordedRun.Ending with
        {
            Fingerprint = "00c0ffee00c0ffee",
            Invariants = [new InvariantOutcome("noFalseRemoval", false, null, null, [])],
            Expectations =
                [new Expectation { Metric = "detection.crashes", Op = Comparison.Equal, Value = ExpectedValue.Of(1) }],
        });
    }

    private static string Read(RunResult result, string name) =>
        File.ReadAllText(Path.Combine(result.Summary.Directory, name));

    [Test]
    public void The_folder_holds_every_file_of_the_design()
    {
        var directory = Record().Summary.Directory;

        foreach (var name in new[]
        {
            "outputfile.txt", "logs/outputfile_seed_6000.txt", "scenario.json", "scenario.effective.json", "run.json",
            "summary.json", "report.html", "events.jsonl.gz", "messages.csv", "detection.csv", "overlay.graphml",
            "plots/degree-distribution.svg", "plots/propagation-latency.svg", "plots/coverage-over-time.svg",
            "plots/detection-timeline.svg", "plots/detection-stages.svg", "plots/overlay-drawing.svg",
            "plots/space-time.svg", "plots/hop-histogram.svg", "plots/latency-by-hop.svg", "plots/latency-by-phase.svg",
            "plots/robustness.svg", "plots/robustness.png", "plots/robustness.csv", "propagation.csv",
        })
        {
            Assert.That(new FileInfo(Path.Combine(directory, name)), Has.Property("Length").GreaterThan(1L), name);
        }
    }

    [Test]
    public void The_summary_has_the_names_that_scripts_depend_on()
    {
        var result = Record();
        var summary = JsonNode.Parse(Read(result, "summary.json"))!;

        Assert.That((double)summary["gossip"]!["coverageOfLivePeersMin"]!, Is.EqualTo(1.0));
        Assert.That((double)summary["detection"]!["timeToRemovalMs"]!["max"]!, Is.EqualTo(4000));
        Assert.That((int)summary["detection"]!["removed"]!, Is.EqualTo(1));
        Assert.That((string)summary["powerLaw"]!["verdict"]!, Is.EqualTo("cannotBeFitted"), "a ring has one degree");
        Assert.That((string)summary["fingerprint"]!, Is.EqualTo("00c0ffee00c0ffee"));
        Assert.That((int)summary["expectations"]!["met"]!, Is.EqualTo(1));
        Assert.That((string)summary["directory"]!, Is.EqualTo(result.Summary.Directory));
    }

    [Test]
    public void The_overlay_is_measured_as_a_graph_at_the_end_and_before_the_first_crash()
    {
        var overlay = JsonNode.Parse(Read(Record(), "summary.json"))!["overlay"]!;

        // A ring of 40, from which one crashed and whose neighbors linked up: a ring of 39.
        Assert.That(((int)overlay["edges"]!, (int)overlay["components"]!), Is.EqualTo((Peers - 1, 1)));
        Assert.That(((int)overlay["diameter"]!, (int)overlay["diameterAtMost"]!), Is.EqualTo((19, 19)));
        Assert.That((double)overlay["averageShortestPath"]!, Is.EqualTo(10));
        Assert.That(((int)overlay["maxCore"]!, (int)overlay["articulationPoints"]!), Is.EqualTo((2, 0)));
        Assert.That(((double)overlay["transitivity"]!, overlay["assortativity"]), Is.EqualTo((0.0, (JsonNode?)null)));
        var before = overlay["beforeFirstCrash"]!;
        Assert.That(((int)before["peers"]!, (int)before["edges"]!, (int)before["diameter"]!), Is.EqualTo((40, 40, 20)));
        Assert.That((double)before["atSeconds"]!, Is.EqualTo(9));
        Assert.That(
            (double)overlay["robustness"]!["targetedR"]!, Is.EqualTo(19.0 / 39).Within(1e-12),
            "all degrees are equal: one after the other along the ring");
    }

    [Test]
    public void The_tables_have_a_row_for_each_message_and_for_each_crash_and_seed_node()
    {
        var result = Record();
        var messages = Read(result, "messages.csv").TrimEnd('\n').Split('\n');
        var detection = Read(result, "detection.csv").TrimEnd('\n').Split('\n');

        Assert.That(messages, Has.Length.EqualTo(1 + Peers + Peers - 1));
        Assert.That(
            messages[1],
            Does.StartWith("1767225600.5:127.0.0.1:7000:1,127.0.0.1:7000,1,1,2.000000,39,39,1,false,39,0,"));
        Assert.That(detection, Has.Length.EqualTo(4));
        Assert.That(
            detection[1],
            Is.EqualTo("127.0.0.1:7002,1,kill-hub,2,9.000000,removed,2500,3100,4000,127.0.0.1:6000,4000"
                + ",,2500,600,0,900,0,0,100,4100"));
    }

    [Test]
    public void The_graph_has_the_live_peers_with_their_degrees()
    {
        XNamespace ns = "http://graphml.graphdrawing.org/xmlns";
        var graph = XDocument.Parse(Read(Record(), "overlay.graphml")).Descendants(ns + "graph").Single();

        Assert.That(graph.Elements(ns + "node").Count(), Is.EqualTo(Peers - 1));
        Assert.That(graph.Elements(ns + "edge").Count(), Is.EqualTo(Peers - 1));
        Assert.That(graph.Elements(ns + "node").Select(n => n.Element(ns + "data")!.Value), Is.All.EqualTo("2"));
    }

    [Test]
    public void The_report_says_what_was_run_what_came_out_and_how_to_repeat_it()
    {
        var page = Read(Record(), "report.html");

        Assert.That(page, Does.Contain("All held"));
        Assert.That(page, Does.Contain("3 seed nodes (a quorum is 2) and 40 peers ran in the deterministic simulator"));
        Assert.That(page, Does.Contain("crash 127.0.0.1:7002 &lt;kill-hub&gt;"), "text is escaped");
        Assert.That(page, Does.Contain("dotnet run --project Scenarios -- story.json --random-seed 42"));
        Assert.That(page, Does.Contain("detection.crashes == 1"));
        Assert.That(page, Does.Contain("noFalseRemoval"));
        Assert.That(page, Does.Contain("<td class=\"number\">4.00 s</td>"), "the crash's removal");
        Assert.That(page, Does.Contain("00c0ffee00c0ffee"));
        Assert.That(page, Does.Contain("prefers-color-scheme: dark"));
    }

    [Test]
    public void The_report_is_self_contained_and_its_ids_are_unique()
    {
        var page = Read(Record(), "report.html");
        var ids = Regex.Matches(page, "\\sid=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();

        Assert.That(Regex.Count(page, "<svg"), Is.EqualTo(2 * 12), "for wide screens and for phones");
        Assert.That(ids, Is.Unique);
        Assert.That(page, Does.Not.Contain("<script"));
        Assert.That(
            Regex.IsMatch(page, "src=\"(?!data:)|href=\"[a-z]*:?//|<link|@import|url\\((?!#)"), Is.False,
            "nothing is loaded from anywhere");
        Assert.That(Regex.IsMatch(page, "url\\((?!#)|@import|@font-face"), Is.False, "nor by its rules");
    }

    [Test]
    public void Each_figure_has_its_words_and_its_numbers_beside_it()
    {
        var page = XDocument.Parse(Regex.Match(
            Read(Record(), "report.html"), "<figure.*</figure>", RegexOptions.Singleline).Value
            .Insert(0, "<page>") + "</page>");
        var figures = page.Descendants("figure").ToList();

        Assert.That(figures, Has.Count.EqualTo(12));
        foreach (var figure in figures)
        {
            Assert.That(figure.Element("figcaption")!.Value, Does.Contain("story, simulator, random seed 42"));
            Assert.That(figure.Element("h3")!.Value, Is.Not.Empty);
            var id = (string)figure.Attribute("id")!;
            if (id is "overlay-drawing") continue;
            Assert.That(figure.Descendants("tr").Count(), Is.GreaterThan(1), id);
        }
    }

    [Test]
    public void A_run_without_a_crash_draws_no_figure_of_crashes()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1);

        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending);
        var names = FigureSet.Compose(result, Enum.GetValues<PlotKind>()).Select(figure => figure.Name);

        Assert.That(names, Is.EquivalentTo(new[]
        {
            "scenario-course", "overlay-drawing", "propagation-latency", "coverage-over-time", "hop-histogram",
            "latency-by-hop", "space-time",
        }));
    }

    [Test]
    public void The_report_shows_figures_first_and_its_contents_lead_to_its_sections()
    {
        var page = Read(Record(), "report.html");
        var links = Regex.Matches(page, "href=\"#([^\"]+)\"").Select(link => link.Groups[1].Value).ToList();

        Assert.That(links, Has.Count.GreaterThan(15));
        foreach (var link in links) Assert.That(page, Does.Contain($"id=\"{link}\""));
        Assert.That(page.IndexOf("<svg", StringComparison.Ordinal), Is.LessThan(page.IndexOf("id=\"key-figures\"")));
        Assert.That(page, Does.Contain("median delivery time").And.Contain("href=\"summary.json\""));
    }

    [Test]
    public void Every_invariant_has_a_sentence_that_says_what_it_promises() =>
        Assert.That(InvariantSettings.Names.Where(name => InvariantPromises.Of(name).Length == 0), Is.Empty);

    [Test]
    public void A_large_run_says_why_it_has_no_drawing()
    {
        var result = Record(facts: RunStory.Facts with { PeersWanted = 3000, MostPeers = 3000 });

        Assert.That(Read(result, "report.html"), Does.Contain("The overlay is not drawn"));
        Assert.That(File.Exists(Path.Combine(result.Summary.Directory, "plots", "overlay-drawing.svg")), Is.False);
    }

    [Test]
    public void A_failed_run_says_what_failed_where_and_when()
    {
        var violation = new InvariantOutcome("seedsAgreeWhenQuiet", true, "two lists differ", 12.5, ["127.0.0.1:6001"]);
        var page = Read(Record(RecordedRun.Ending with { Invariants = [violation] }), "report.html");

        Assert.That(page, Does.Contain("Violated: seedsAgreeWhenQuiet."));
        Assert.That(page, Does.Contain("At 12.50 s: two lists differ [127.0.0.1:6001]"));
        Assert.That(page, Does.Not.Contain("All held"));
    }

    [Test]
    public void Simulated_latencies_beside_those_of_tcp_give_their_distance()
    {
        var ending = RecordedRun.Ending with { SimulatedLatenciesMs = [4, 8, 12, 1000] };

        var result = Record(ending, RunStory.Facts with { Runtime = RuntimeKind.Tcp, PeersWanted = Peers });

        Assert.That(result.ToSimulation!.KolmogorovSmirnov, Is.GreaterThan(0).And.LessThanOrEqualTo(1));
        Assert.That(Read(result, "report.html"), Does.Contain("Distance to the simulation"));
        Assert.That(result.Summary.Fingerprint, Is.Null);
    }

    [Test]
    public void A_run_that_ends_before_it_formed_is_measured_too()
    {
        var record = new RunRecord(RunStory.Facts);
        new RunStory(record).StartSeedNodes().Tell(7000, EventKind.ProcessStarted, detail: new NodeId(9));
        record.MarkEnd(Instant.FromSeconds(60));

        Assert.That(record.LaggingPeers, Is.EqualTo(1));
        var result = RunResult.Conclude(
            RunMeasurements.Of(record, new MeasurementOptions()),
            RecordedRun.Ending with { ExitCode = 4, EndedEarly = "127.0.0.1:7000 did not register." });
        Assert.That(result.Summary.ExitCode, Is.EqualTo(4));
        var figures = FigureSet.Compose(result, Enum.GetValues<PlotKind>());
        Assert.That(ReportPage.Write(result, figures, card: null), Does.Contain("Ended early"));
    }
}
