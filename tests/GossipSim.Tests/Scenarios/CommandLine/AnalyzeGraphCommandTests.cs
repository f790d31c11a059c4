using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class AnalyzeGraphCommandTests
{
    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [Test]
    public void The_json_has_the_names_that_scripts_depend_on()
    {
        // A triangle with a tail, and two nodes apart.
        JsonNode json = Analyze("0 1\n1 2\n2 0\n2 3\n7 8\n8 7\n3 3\n");

        Assert.That(json.AsObject().Select(pair => pair.Key), Is.SupersetOf(new[]
        {
            "nodes", "edges", "components", "largestComponentFraction", "assortativity", "averageClustering",
            "transitivity", "averageShortestPath", "diameter", "maxCore", "robustness",
        }));
        Assert.That(((int)json["nodes"]!, (int)json["edges"]!, (int)json["components"]!), Is.EqualTo((6, 5, 2)));
        Assert.That(((int)json["selfLoopsLeftOut"]!, (int)json["repeatedEdgesLeftOut"]!), Is.EqualTo((1, 1)));
        Assert.That((double)json["largestComponentFraction"]!, Is.EqualTo(4.0 / 6));
        Assert.That((double)json["averageClustering"]!, Is.EqualTo((1 + 1 + (1.0 / 3)) / 6).Within(1e-15));
        Assert.That((double)json["transitivity"]!, Is.EqualTo(0.6));
        Assert.That((double)json["averageShortestPath"]!, Is.EqualTo(9.0 / 7).Within(1e-15), "over connected pairs");
        Assert.That(((int)json["diameter"]!, (int)json["radius"]!, (int)json["maxCore"]!), Is.EqualTo((2, 1, 2)));
        Assert.That((string?)json["worstArticulationPoint"]!["node"], Is.EqualTo("2"));
        Assert.That((string?)json["betweenness"]!["top"]![0]!["node"], Is.EqualTo("2"));
        Assert.That(json["robustness"]!["random"]!.AsArray(), Has.Count.EqualTo(101));
        Assert.That(
            ((double)json["robustness"]!["targeted"]![0]!, (double)json["robustness"]!["targeted"]![17]!),
            Is.EqualTo((4.0 / 6, 2.0 / 6)), "without node 2");
        Assert.That(json["undefined"]!.AsObject(), Is.Empty);
    }

    [TestCase("5", "components", 1, "assortativity,transitivity,averageShortestPath")]
    [TestCase("0 1", "diameter", 1, "assortativity,transitivity")]
    [TestCase("0 1\n1 2\n2 0", "maxCore", 2, "assortativity")]
    [TestCase("0 1\n0 2\n0 3", "diameter", 2, "")]
    [TestCase("0 1\n2 3\n3 4", "components", 2, "")]
    public void What_a_graph_cannot_have_is_null_with_the_reason(string edges, string name, int value, string undefined)
    {
        JsonNode json = Analyze(edges);

        Assert.That((int)json[name]!, Is.EqualTo(value));
        foreach (string metric in undefined.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.That(json[metric], Is.Null, metric);
            Assert.That((string)json["undefined"]![metric]!, Is.Not.Empty);
        }

        Assert.That(
            json["undefined"]!.AsObject().All(pair => json[pair.Key] is null), Is.True, "no reason without a null");
    }

    [Test]
    public void People_get_a_table_and_are_told_what_was_left_out()
    {
        program.Folder.Write("edges.txt", "a b 1\nb a 1\nb c 1\n");

        Assert.That(program.Main("analyze", "graph", "edges.txt"), Is.EqualTo(ExitCode.Held), program.Error);

        Assert.That(program.Output, Does.Contain("nodes / edges").And.Contain("3 / 2"));
        Assert.That(program.Output, Does.Contain("the worst is b: its loss cuts 1 node off"));
        Assert.That(program.Output, Does.Contain("1 edge given once more"));
        Assert.That(program.Output, Does.Contain("3 lines had more than two columns"));
    }

    [TestCase("nowhere.txt", "no file \"nowhere.txt\"")]
    [TestCase("broken.txt", "broken.txt:1: found JSON, of which an object is read with a list \"nodes\"")]
    public void A_mistake_is_one_line_and_exit_code_2(string file, string message)
    {
        program.Folder.Write("broken.txt", "{}");

        Assert.That(program.Main("analyze", "graph", file), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(message));
        Assert.That(program.Error.Trim(), Does.Not.Contain("\n"));
    }

    [Test]
    public void The_degrees_are_judged_as_a_list_of_them_is()
    {
        string edges = string.Concat(Enumerable.Range(1, 60).Select(i => $"{i / 3} {i}\n{i / 5} {i}\n"));
        JsonNode graph = Analyze(edges, "--bootstrap", "20");
        int before = program.Output.Length;
        string degrees = string.Concat(DegreesOf(edges).Select(degree => $"{degree}\n"));
        program.Folder.Write("degrees.txt", degrees);

        Assert.That(
            program.Main("analyze", "degrees", "degrees.txt", "--json", "--bootstrap", "20"),
            Is.EqualTo(ExitCode.Held));

        JsonObject list = JsonNode.Parse(program.Output[before..])!.AsObject();
        JsonObject verdict = graph["powerLaw"]!.AsObject();
        foreach (JsonObject each in new[] { list, verdict }) each.Remove("seconds");
        list.Remove("notes");
        Assert.That(verdict.ToJsonString(), Is.EqualTo(list.ToJsonString()));
    }

    [Test]
    public void What_was_not_read_is_in_the_json_and_on_the_console()
    {
        const string Edges = "# of a run\nSource,Target,Type\na,b,x\nb,a,x\na,a,x\nb,c,x\n";

        string[] notes = [.. Analyze(Edges)["notes"]!.AsArray().Select(note => (string)note!)];
        Assert.That(program.Main("analyze", "graph", "edges.txt", "--bootstrap", "0"), Is.EqualTo(ExitCode.Held));

        Assert.That(notes, Is.EqualTo(new[]
        {
            "Left out: 1 edge from a node to itself, 1 edge given once more.",
            "Columns that were not read: \"Type\".",
            "1 line with a comment: not read.",
        }));
        foreach (string note in notes) Assert.That(program.Output, Does.Contain(note));
        Assert.That(program.Output, Does.Contain("Read as a table of edges, separated by commas, with the ends in "
            + "\"Source\""));
        Assert.That(program.Output, Does.Contain("The degrees as a power law:").And.Contain("verdict"));
    }

    [Test]
    public void Threads_are_a_number_from_1_on()
    {
        program.Folder.Write("edges.txt", "0 1");

        Assert.That(program.Main("analyze", "graph", "edges.txt", "--threads", "0"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain("--threads: found 0"));
    }

    [Test]
    public void Help_has_lines_to_copy()
    {
        Assert.That(program.Main("analyze", "graph", "--help"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("gossipsim analyze graph edges.txt"));
    }

    private static IEnumerable<int> DegreesOf(string edges)
    {
        IEnumerable<int[]> pairs = edges.TrimEnd('\n').Split('\n')
            .Select(line => line.Split(' ').Select(int.Parse).Order().ToArray());
        return pairs.Where(pair => pair[0] != pair[1]).DistinctBy(pair => (pair[0], pair[1]))
            .SelectMany(pair => pair).GroupBy(node => node).Select(node => node.Count());
    }

    private JsonNode Analyze(string edges, params string[] options)
    {
        program.Folder.Write("edges.txt", edges);
        Assert.That(
            program.Main(["analyze", "graph", "edges.txt", "--json", .. options]), Is.EqualTo(ExitCode.Held),
            program.Error);
        return JsonNode.Parse(program.Output)!;
    }
}
