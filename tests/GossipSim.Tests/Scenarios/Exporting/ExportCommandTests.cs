using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Explaining;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exporting;

/// <summary>Stored runs in the formats of other programs, compared with the event log and with each other.</summary>
internal sealed class ExportCommandTests
{
    private static readonly int[] runs = [.. Enumerable.Range(1, 12)];

    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [TestCaseSource(nameof(runs))]
    public void Graphml_has_the_overlay_at_the_end(int randomSeed)
    {
        LiveLinks live = LiveLinks.Of(Store(randomSeed).History().Nodes);
        string[] peers = [.. live.Peers.Select(peer => $"{peer.Address}")];

        var graph = XDocument.Parse(Export("graphml"));

        Assert.That(Elements(graph, "node").Select(node => node.Attribute("id")!.Value), Is.EqualTo(peers));
        Assert.That(
            Elements(graph, "edge").Select(Ends),
            Is.EquivalentTo(live.Edges.Select(edge => (peers[edge.A], peers[edge.B]))));
        foreach (XElement node in Elements(graph, "node"))
        {
            string name = node.Attribute("id")!.Value;
            int degree = Elements(graph, "edge").Select(Ends).Count(edge => edge.A == name || edge.B == name);
            Assert.That(Data(node)["degree"], Is.EqualTo($"{degree}"));
        }
    }

    [TestCaseSource(nameof(runs))]
    public void Gexf_has_everybody_who_ran_with_the_times_of_the_log(int randomSeed)
    {
        LoggedRun run = Store(randomSeed);
        var starts = EventsOf(run, "processStarted").Where(e => !IsSeedNode(e)).ToList();

        var gexf = XDocument.Parse(Export("gexf"));

        Assert.That(
            Elements(gexf, "node").Select(node => node.Attribute("id")!.Value),
            Is.EquivalentTo(starts.Select(e => (string)e["node"]!).Distinct()));
        Assert.That(
            Elements(gexf, "node").SelectMany(SpellsOf).Select(spell => spell.Start).Order(),
            Is.EqualTo(starts.Select(e => SecondsAt(run, e)).Order()).Within(1e-6), "nobody starts twice at once");
        Dictionary<string, double> crashes = EventsOf(run, "processCrashed").Where(e => !IsSeedNode(e))
            .GroupBy(e => (string)e["node"]!).ToDictionary(node => node.Key, node => SecondsAt(run, node.Last()));
        foreach (XElement node in Elements(gexf, "node"))
        {
            string name = node.Attribute("id")!.Value;
            string? crashed = Values(node).GetValueOrDefault("crashedSeconds");
            Assert.That(crashed is null, Is.EqualTo(!crashes.ContainsKey(name)));
            if (crashed is not null) Assert.That(Number(crashed), Is.EqualTo(crashes[name]).Within(1e-6));
        }
    }

    [TestCaseSource(nameof(runs))]
    public void A_link_lasts_only_while_both_of_its_ends_are_there(int randomSeed)
    {
        Store(randomSeed);
        var gexf = XDocument.Parse(Export("gexf"));
        double end = Number(Elements(gexf, "graph").Single().Attribute("end")!.Value);
        Dictionary<string, List<(double Start, double End)>> lives = Elements(gexf, "node")
            .ToDictionary(node => node.Attribute("id")!.Value, SpellsOf);

        foreach (XElement edge in Elements(gexf, "edge"))
        {
            var (a, b) = Ends(edge);
            foreach (var (start, until) in SpellsOf(edge))
            {
                Assert.That(until, Is.GreaterThan(start).And.LessThanOrEqualTo(end));
                foreach (string peer in new[] { a, b })
                {
                    bool lived = lives[peer].Any(life => life.Start <= start && until <= life.End);
                    Assert.That(lived, Is.True, $"{peer} {edge}");
                }
            }
        }

        // Whatever stands at the end is the overlay of the other formats.
        var standing = Elements(gexf, "edge").Where(edge => SpellsOf(edge).Any(spell => spell.End == end)).Select(Ends);
        Assert.That(Elements(XDocument.Parse(Export("graphml")), "edge").Select(Ends), Is.SubsetOf(standing));
    }

    [Test]
    public void Dot_and_csv_have_the_same_links_as_graphml()
    {
        Store(5);
        var links = Elements(XDocument.Parse(Export("graphml")), "edge").Select(Ends).ToList();

        string dot = Export("dot");
        string[] rows = Export("csv").TrimEnd('\n').Split('\n');

        Assert.That(
            Regex.Matches(dot, "^  \"([^\"]+)\" -- \"([^\"]+)\".*;$", RegexOptions.Multiline)
                .Select(match => (match.Groups[1].Value, match.Groups[2].Value)), Is.EqualTo(links));
        Assert.That(rows[0], Is.EqualTo("Source,Target,Type,sinceSeconds"));
        Assert.That(rows.Skip(1).Select(row => (row.Split(',')[0], row.Split(',')[1])), Is.EqualTo(links));
    }

    [TestCase("graphml")]
    [TestCase("dot")]
    [TestCase("csv")]
    public void What_is_exported_is_read_as_a_graph_and_as_the_links_of_a_scenario(string format)
    {
        Store(5);
        var links = Elements(XDocument.Parse(Export("graphml")), "edge").Select(Ends).ToList();
        string[] peers =
        [
            .. links.SelectMany(link => new[] { link.A, link.B }).Distinct().Order(StringComparer.Ordinal),
        ];
        string path = program.Folder.Write($"links.{format}", Export(format));

        NamedGraph graph = GraphFile.Read(path, format);
        var planned = OverlayFile.Read(path, format, peers.Length);

        Assert.That(Enumerable.Range(0, graph.Graph.Nodes).Select(graph.NameOf), Is.EqualTo(peers));
        Assert.That(graph.Graph.Edges, Is.EqualTo(links.Count));
        Assert.That(planned.Select(link => (peers[link[0]], peers[link[1]])), Is.EquivalentTo(links));
    }

    [Test]
    public void Gexf_is_read_as_all_peers_and_links_there_ever_were()
    {
        Store(5);
        var gexf = XDocument.Parse(Export("gexf"));

        NamedGraph graph = GraphFile.Read(program.Folder.Write("run.gexf", Export("gexf")), "run.gexf");

        Assert.That(graph.Graph.Nodes, Is.EqualTo(Elements(gexf, "node").Count()));
        Assert.That(graph.Graph.Edges, Is.EqualTo(Elements(gexf, "edge").Count()));
        Assert.That(graph.Notes, Has.One.StartsWith("The graph changes with time"));
    }

    [Test]
    public void Without_an_output_files_are_made_in_the_folder_of_the_run_and_named()
    {
        Store(6);

        Assert.That(program.Main("export", "run", "--format", "csv"), Is.EqualTo(ExitCode.Held), program.Error);

        string[] files = program.Output.TrimEnd().Split('\n');
        Assert.That(
            files.Select(file => Path.GetFileName(file.Trim())),
            Is.EqualTo(new[] { "export.csv", "export.peers.csv" }));
        Assert.That(File.ReadAllLines(files[1].Trim())[0], Does.StartWith("Id,Label,degree,epoch,joinStamp,"));
        Assert.That(File.ReadAllText(files[0].Trim()), Is.EqualTo(Export("csv")));
    }

    [Test]
    public void Without_a_full_log_the_stored_overlay_is_taken_and_gexf_is_refused()
    {
        Write("run", "overlay.graphml",
            """
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">
            <node id="127.0.0.1:7000"><data key="degree">1</data><data key="epoch">1</data></node>
            <node id="127.0.0.1:7001"><data key="degree">1</data><data key="epoch">2</data></node>
            <edge source="127.0.0.1:7000" target="127.0.0.1:7001" /></graph></graphml>
            """);

        Assert.That(Export("csv").Split('\n')[1], Is.EqualTo("127.0.0.1:7000,127.0.0.1:7001,Undirected,"));
        Assert.That(program.Error, Does.StartWith("note: there is no events.jsonl.gz"));
        Assert.That(program.Main("export", "run", "--format", "gexf"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain("only a run with outputs.eventLog \"full\" can be exported as gexf"));
    }

    [TestCase("export nowhere --format dot", "no run \"nowhere\"")]
    [TestCase("export file.txt --format dot", "\"file.txt\" is a file")]
    [TestCase("export empty --format dot", "there is no events.jsonl.gz, and there is no overlay.graphml either")]
    [TestCase("export empty --format gefx", "--format: found \"gefx\", allowed are graphml, gexf, dot, csv")]
    [TestCase("export broken --format dot", "events.jsonl.gz, line 1: ")]
    [TestCase("export torn --format dot", "overlay.graphml cannot be read: ")]
    public void A_mistake_is_one_line_and_exit_code_2(string arguments, string message)
    {
        program.Folder.Write("file.txt", "");
        Write("empty", "other.txt", "");
        Write("broken", "events.jsonl.gz", "no gzip");
        Write("torn", "overlay.graphml", "<graphml><graph><node");

        Assert.That(program.Main(arguments.Split(' ')), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(message));
        Assert.That(program.Error.Trim(), Does.Not.Contain("\n"));
    }

    [TestCase("links.csv")]
    [TestCase("links.peers.csv")]
    public void A_file_that_is_there_is_not_overwritten(string there)
    {
        Store(6);
        var kept = program.Folder.Write(there, "notes of mine");

        var code = program.Main("export", "run", "--format", "csv", "--output", "links.csv");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("--output: \"").And.Contains($"{there}\" is there already"));
        Assert.That(File.ReadAllText(kept), Is.EqualTo("notes of mine"));
    }

    [Test]
    public void An_empty_file_and_a_file_of_the_runs_folder_may_be_written()
    {
        Store(6);
        program.Folder.Write("links.dot", "");

        foreach (var output in new[] { "links.dot", "/dev/null" })
        {
            if (Path.Exists(output) || output == "links.dot")
                Assert.That(
                    program.Main("export", "run", "--format", "dot", "--output", output), Is.EqualTo(ExitCode.Held));
        }

        for (var time = 0; time < 2; time++)
            Assert.That(program.Main("export", "run", "--format", "dot"), Is.EqualTo(ExitCode.Held), program.Error);
    }

    [Test]
    public void Help_has_lines_to_copy()
    {
        Assert.That(program.Main("export", "--help"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("gossipsim export results/latest --format gexf"));
    }

    /// <summary>A run folder with nothing but the log of a small run with faults.</summary>
    private LoggedRun Store(int randomSeed)
    {
        string path = Write("run", "events.jsonl.gz", "");
        LoggedRun run = LoggedRun.Small(randomSeed);
        run.WriteTo(path);
        return run;
    }

    private string Write(string folder, string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(program.Folder.Current, folder));
        return program.Folder.Write(Path.Combine(folder, file), text);
    }

    private string Export(string format)
    {
        int before = program.Output.Length;
        Assert.That(
            program.Main("export", "run", "--format", format, "--output", "-"), Is.EqualTo(ExitCode.Held),
            program.Error);
        return program.Output[before..];
    }

    private static IEnumerable<JsonObject> EventsOf(LoggedRun run, string kind) =>
        run.Lines().Skip(1).Where(line => (string?)line["kind"] == kind);

    private static bool IsSeedNode(JsonObject e) => ((string)e["node"]!).Contains(":6", StringComparison.Ordinal);

    private static double SecondsAt(LoggedRun run, JsonObject e) =>
        (double)e["time"]! - (double)EventsOf(run, "scenarioStarted").Single()["time"]!;

    private static IEnumerable<XElement> Elements(XDocument xml, string name) =>
        xml.Descendants().Where(element => element.Name.LocalName == name);

    private static (string A, string B) Ends(XElement edge) =>
        (edge.Attribute("source")!.Value, edge.Attribute("target")!.Value);

    private static Dictionary<string, string> Data(XElement node) =>
        node.Elements().ToDictionary(data => data.Attribute("key")!.Value, data => data.Value);

    private static Dictionary<string, string> Values(XElement node) => node.Descendants()
        .Where(element => element.Name.LocalName == "attvalue")
        .ToDictionary(value => value.Attribute("for")!.Value, value => value.Attribute("value")!.Value);

    private static List<(double Start, double End)> SpellsOf(XElement element) =>
    [
        .. element.Descendants().Where(inner => inner.Name.LocalName == "spell").Select(spell =>
            (Number(spell.Attribute("start")!.Value), Number(spell.Attribute("end")!.Value))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
