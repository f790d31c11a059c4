using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class DegreeListTests
{
    private readonly ProgramRun program = new();

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [TestCase("3\n1\n1\n2\n", TestName = "Plain")]
    [TestCase("3.000000000000000000e+00\n1.000e+00\n1e0\n2E+00\n", TestName = "As_numpy_saves_it")]
    [TestCase("3.0\n1.0\n1.0\n2.0\n", TestName = "As_pandas_saves_it")]
    [TestCase("degree\n3\n1\n1\n2\n", TestName = "A_heading")]
    [TestCase("\"x y\"\n3\n1\n1\n2\n", TestName = "A_heading_of_any_words")]
    [TestCase("# of a run\n,degree\n0,3\n1,1\n2,1\n3,2\n", TestName = "An_index")]
    [TestCase("\"degree\"\n\"1\" 3\n\"2\" 1\n\"3\" 1\n\"4\" 2\n", TestName = "Rows_numbered_by_R")]
    [TestCase("node;Degree;epoch\na;3;1\nb;1;1\nc;1;1\nd;2;1\n", TestName = "A_named_column")]
    public void Values_are_read_from(string text) =>
        Assert.That(Read(text).Values, Is.EqualTo(new long[] { 3, 1, 1, 2 }));

    [TestCase("degree,count\n3,2\n1,0\n7,1\n", false)]
    [TestCase("k frequency\n3 2\n7 1\n", false)]
    [TestCase("Count\tValue\n2\t3\n1\t7\n", false)]
    [TestCase("3 2\n7 1\n", true)]
    public void Pairs_of_a_value_and_its_count_are_read_where_that_is_said(string text, bool hasPairs)
    {
        DegreeList list = Read(text, hasPairs);

        Assert.That(list.Values, Is.EqualTo(new long[] { 3, 3, 7 }));
        Assert.That(list.Notes, Has.One.Contains("how often each"));
    }

    [TestCase(
        "grade number of\n3 2 x\n",
        "d:1: found the columns \"grade\", \"number\", \"of\"; allowed is one named degree, k or value")]
    [TestCase("3 2\n7 1\n", "d:1: found \"3 2\", allowed is one whole number a line; where a second column says how")]
    [TestCase("3,1,2\n", "d:1: found \"3,1,2\", allowed is one whole number a line")]
    [TestCase("3\n3.5\n", "d:2: found \"3.5\", allowed is one whole number from 0 to 9007199254740991")]
    [TestCase("nan\n3\n", "d:1: found \"nan\", allowed is one whole number")]
    [TestCase("None\n3\n", "d:1: found \"None\", allowed is one whole number")]
    [TestCase("degree\n", "d: no values; write one whole number a line")]
    [TestCase("#1\n#2\n", "d: no values; write one whole number a line (all lines are comments)")]
    [TestCase("3\n1\u001b[2J\n", "d:2: found \"1?[2J\", allowed is")]
    [TestCase("degree,count\n3,30000000\n", "d:2: there are more values than the 20000000 that are allowed")]
    public void A_wrong_list_is_refused_with_the_line(string text, string message) => Assert.That(
        () => Read(text), Throws.TypeOf<ScenarioException>().With.Message.StartsWith(message));

    [Test]
    public void What_was_not_read_is_in_the_json_and_on_the_console()
    {
        program.Folder.Write("d.csv", "# of a run\nnode,degree\na,3\nb,1\nc,2\n");

        Assert.That(
            program.Main("analyze", "degrees", "d.csv", "--json", "--bootstrap", "0"), Is.EqualTo(ExitCode.Held),
            program.Error);
        JsonArray notes = JsonNode.Parse(program.Output)!["notes"]!.AsArray();
        Assert.That(program.Main("analyze", "degrees", "d.csv", "--bootstrap", "0"), Is.EqualTo(ExitCode.Held));

        Assert.That(notes.Select(note => (string)note!), Is.EqualTo(new[]
        {
            "Columns that were not read: \"node\".", "1 line with a comment: not read.",
        }));
        foreach (JsonNode? note in notes) Assert.That(program.Output, Does.Contain((string)note!));
    }

    private static DegreeList Read(string text, bool hasPairs = false) =>
        DegreeList.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "d", hasPairs);
}
