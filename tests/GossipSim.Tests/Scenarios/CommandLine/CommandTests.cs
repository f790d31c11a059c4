using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.Graphs;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class CommandTests
{
    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase]
    public void Help_shows_every_command_and_lines_to_copy(params string[] arguments)
    {
        program.Run = (_, _, _) => Task.FromResult(ExitCode.Held);

        Assert.That(program.Main(arguments), Is.EqualTo(ExitCode.Held));
        foreach (string command in new[] { "run", "validate", "list", "schema", "analyze" })
            Assert.That(program.Output, Does.Contain("\n  " + command + " "));
        Assert.That(program.Output, Does.Contain("Examples:").And.Contain("  gossipsim crash-hub.json"));
        Assert.That(program.Output, Does.Not.Contain("explore"));
    }

    [Test]
    public void Help_of_a_command_needs_no_arguments()
    {
        program.Run = (_, _, _) => Task.FromResult(ExitCode.Held);

        Assert.That(program.Main("run", "--help"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("--random-seed <N>").And.Contain("--set peers.count=500"));
        Assert.That(program.Error, Is.Empty);
    }

    [Test]
    public void Version_is_that_of_the_program()
    {
        Assert.That(program.Main("--version"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Match("^gossipsim [0-9]+\\.[0-9]+\\.[0-9]+\r?\n$"));
    }

    [Test]
    public void Validate_tells_every_problem_of_every_file()
    {
        program.Folder.Write("good.json", "{}");
        program.Folder.Write("bad.json", """{ "peers": { "count": 0, "prot": 1 } }""");
        program.Folder.Write("broken.json", "{");

        Assert.That(program.Main("validate", "good", "bad", "broken"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Output.TrimEnd(), Is.EqualTo("good.json: valid"));
        string[] lines = program.Error.TrimEnd().Split('\n');
        Assert.That(lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]), Is.EqualTo(new[]
        {
            "bad.json:1:23", "bad.json:1:26", "broken.json:1:2",
        }));
    }

    [Test]
    public void Validate_checks_what_settings_make_of_a_file()
    {
        program.Folder.Write("good.json", "{}");

        Assert.That(program.Main("validate", "good.json", "--set", "peers.count=7"), Is.EqualTo(ExitCode.Held));
        Assert.That(
            program.Main("validate", "good.json", "--set", "peers.count=0", "--set", "seedNodes.count=0"),
            Is.EqualTo(ExitCode.BadInput));
        Assert.That(
            program.Error, Does.Contain("--set peers.count=0: ").And.Contain("--set seedNodes.count=0: "));
    }

    [Test]
    public void Validate_as_json_has_places_as_numbers()
    {
        program.Folder.Write("bad.json", """{ "peers": { "count": 0 } }""");

        Assert.That(program.Main("validate", "bad.json", "--json"), Is.EqualTo(ExitCode.BadInput));
        JsonNode problem = JsonNode.Parse(program.Output)!["files"]![0]!["problems"]![0]!;
        Assert.That((string)problem["path"]!, Is.EqualTo("peers.count"));
        Assert.That((int)problem["origin"]!["line"]!, Is.EqualTo(1));
        Assert.That((int)problem["origin"]!["column"]!, Is.EqualTo(23));
    }

    [Test]
    public void Schema_prints_what_the_loader_follows()
    {
        Assert.That(program.Main("schema"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Is.EqualTo(ScenarioSchema.Write()));
        Assert.That(JsonNode.Parse(program.Output)!["properties"]!["peers"], Is.Not.Null);
    }

    [Test]
    public void List_shows_what_ships_and_the_words_of_scenarios()
    {
        program.Folder.Ship("my-own.json", """{ "description": "Nothing happens.", "peers": { "count": 17 } }""");

        Assert.That(program.Main("list"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Match(@"(?m)^my-own \(sim, 17 peers\)\r?\n    Nothing happens\."));
        Assert.That(program.Output, Does.Contain("crash, restart, leave, join, pause, slowNode"));
        Assert.That(program.Output, Does.Contain("quorumForEveryChange"));
        Assert.That(program.Output, Does.Not.Contain("\u001b"));
    }

    [Test]
    public void List_as_json_has_the_same()
    {
        program.Folder.Ship("my-own.json", """{ "description": "Nothing happens.", "peers": { "count": 17 } }""");

        Assert.That(program.Main("list", "--json"), Is.EqualTo(ExitCode.Held));
        JsonNode list = JsonNode.Parse(program.Output)!;
        Assert.That((string)list["scenarios"]![0]!["name"]!, Is.EqualTo("my-own"));
        Assert.That(list["words"]!["runtime"]!.ToJsonString(), Is.EqualTo("[\"sim\",\"tcp\"]"));
        Assert.That(
            list["words"]!["overlay.rule"]!.AsArray().Select(word => (string)word!), Is.EqualTo(new[]
            {
                "preferentialAttachment", "topHalf", "zipfRank", "uniform", "ring", "smallWorld", "complete",
                "fromFile",
            }));
        Assert.That(list["words"]!["overlay.linksPerJoin"]!.ToJsonString(), Is.EqualTo("[\"floorHalfPlusOne\"]"));
        Assert.That(
            list["words"]!["overlay.zipfRankBy"]!.ToJsonString(), Is.EqualTo("[\"age\",\"degree\",\"shuffled\"]"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Degrees_are_analyzed_from_plain_and_packed_lists(bool isPacked)
    {
        string text = "# degrees\r\n" + string.Concat(Enumerable.Repeat("6\r\n\r\n0\n", 300));
        WriteList("degrees.data", text, isPacked);

        ExitCode code = program.Main("analyze", "degrees", "degrees.data", "--json", "--bootstrap", "10");

        Assert.That(code, Is.EqualTo(ExitCode.Held));
        JsonNode analysis = JsonNode.Parse(program.Output)!;
        Assert.That((int)analysis["n"]!, Is.EqualTo(300));
        Assert.That((int)analysis["zerosExcluded"]!, Is.EqualTo(300));
        Assert.That((string)analysis["verdict"]!, Is.EqualTo("cannotBeFitted"));
        Assert.That(analysis.AsObject().ContainsKey("alpha"), Is.True);
        Assert.That(analysis["alpha"], Is.Null);
    }

    [Test]
    public void Degrees_without_json_are_told_in_words()
    {
        string text = string.Concat(Enumerable.Range(1, 60).Select(i => $"{(60 / i) + 1}\n"));
        WriteList("degrees.txt", text, isPacked: false);

        Assert.That(program.Main("analyze", "degrees", "degrees.txt", "--bootstrap", "20"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output, Does.Contain("verdict").And.Contain("inconclusive").And.Contain("alpha"));
    }

    [TestCase("1\n2\nx\n", "d.txt:3: found \"x\"")]
    [TestCase("1\n-2\n", "d.txt:2: found \"-2\"")]
    [TestCase("1\n\n2.5\n", "d.txt:3: found \"2.5\"")]
    [TestCase("1 2\n", "d.txt:1: found \"1 2\"")]
    [TestCase("99999999999999999999\n", "d.txt:1: found \"99999999999999999999\"")]
    [TestCase("# none\n", "d.txt: no values; write one whole number a line")]
    [TestCase("", "d.txt: no values; write one whole number a line")]
    [TestCase("1\r2\r\n3\n\rx", "d.txt:5: found \"x\"")]
    [TestCase("9007199254740992\n", "d.txt:1: found \"9007199254740992\", allowed is one whole number from 0 to 9007")]
    public void A_wrong_list_is_told_by_line(string text, string line)
    {
        WriteList("d.txt", text, isPacked: false);

        Assert.That(program.Main("analyze", "degrees", "d.txt"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith(line));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Degrees_come_from_standard_input_too(bool isPacked)
    {
        WriteList("d", string.Concat(Enumerable.Repeat("6\n7\n9\n", 40)), isPacked);
        program.Input = File.ReadAllBytes(Path.Combine(program.Folder.Current, "d"));

        Assert.That(
            program.Main("analyze", "degrees", "-", "--json", "--bootstrap", "20"), Is.EqualTo(ExitCode.Held));
        JsonNode analysis = JsonNode.Parse(program.Output)!;
        Assert.That((int)analysis["n"]!, Is.EqualTo(120));
        Assert.That((int)analysis["uncertainty"]!["resamples"]!, Is.InRange(1, 20));
        Assert.That((int)analysis["power"]!["againstExponential"]!["dataSets"]!, Is.EqualTo(20));
        Assert.That((double)analysis["pValueStandardError"]!, Is.InRange(0, 0.12));
    }

    [Test]
    public void Mistakes_on_standard_input_are_told_by_line()
    {
        program.Input = "1\n\nthree\n"u8.ToArray();

        Assert.That(program.Main("analyze", "degrees", "-"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("standard input:3: found \"three\""));
    }

    [Test]
    public void A_line_without_end_is_not_kept()
    {
        WriteList("d.txt", "5\n# " + new string('x', 300_000) + "\n" + new string('7', 300_000), isPacked: false);

        Assert.That(program.Main("analyze", "degrees", "d.txt"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("d.txt:3: found \"7777").And.Contain("7...\", allowed"));
        Assert.That(program.Error, Has.Length.LessThan(200));
    }

    [Test]
    public void A_comment_that_never_ends_is_told_and_not_read_on()
    {
        using var endless = new RepeatedText("5\n# ", "and", mostBytes: 1 << 28);

        Assert.That(
            () => DegreeList.Read(endless, "d", hasPairs: false),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith("d:2: ").And.Message.Contains("longer than"));
    }

    [Test]
    public void No_line_of_a_table_ends_with_blanks_where_there_is_no_screen()
    {
        Assert.That(program.Main("list"), Is.EqualTo(ExitCode.Held), program.Error);

        Assert.That(program.Output.Split('\n').Select(line => line.TrimEnd('\r')), Has.None.Match(" $"));
    }

    [Test]
    public void A_folder_is_no_list()
    {
        Assert.That(program.Main("analyze", "degrees", "."), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("\".\" is a folder"));
    }

    [Test]
    public void A_list_that_is_only_half_packed_is_told()
    {
        File.WriteAllBytes(Path.Combine(program.Folder.Current, "d.gz"), [0x1f, 0x8b, 1, 2, 3]);

        Assert.That(program.Main("analyze", "degrees", "d.gz"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("d.gz: "));
    }

    private void WriteList(string name, string text, bool isPacked)
    {
        using FileStream file = File.Create(Path.Combine(program.Folder.Current, name));
        using Stream stream = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
