using System.IO.Compression;
using System.Text;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Graphs;

internal sealed class GraphFileTests
{
    [TestCase("0 1\n1 2\n", TestName = "Spaces")]
    [TestCase("0\t1\r\n1\t2\r\n", TestName = "Tabs_and_carriage_returns")]
    [TestCase("0,1\n1, 2", TestName = "Commas_and_no_last_line_end")]
    [TestCase("# from to\n% or so\n\n  0   1  # first\n1 2", TestName = "Comments_and_blank_lines")]
    [TestCase("Source,Target\n0,1\n1,2\n", TestName = "A_heading")]
    [TestCase("\uFEFF0 1\n1 2\n", TestName = "A_byte_order_mark")]
    [TestCase(
        "<graphml><key id='d'/><graph><node id='0'/><node id='2'><data key='d'>1</data></node>"
        + "<edge source='0' target='1'/><edge source='1' target='2'/></graph></graphml>", TestName = "GraphMl")]
    public void A_line_of_three_nodes_is_read_from(string text)
    {
        NamedGraph read = Read(text);

        Assert.That((read.Graph.Nodes, read.Graph.Edges), Is.EqualTo((3, 2)));
        Assert.That(Enumerable.Range(0, 3).Select(read.NameOf), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(read.Graph.Neighbors(1).ToArray(), Is.EqualTo(new[] { 0, 2 }));
    }

    [Test]
    public void Numbers_are_sorted_as_numbers_and_names_as_text_wherever_they_come_first()
    {
        Assert.That(Names("10 9\n2 10"), Is.EqualTo(new[] { "2", "9", "10" }));
        Assert.That(Names("10 9\npeer 10\n07 7"), Is.EqualTo(new[] { "07", "10", "7", "9", "peer" }));
        Assert.That(Names("127.0.0.1:7001 127.0.0.1:7000"), Is.EqualTo(new[] { "127.0.0.1:7000", "127.0.0.1:7001" }));
    }

    [Test]
    public void What_begins_with_zeros_is_no_text_and_may_have_no_end() => Assert.That(
        () => GraphFile.Read(new MemoryStream(new byte[9]), "/dev/zero"),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith("/dev/zero: this is no text; read are "));

    [TestCase("0 1\n#", " and", "edges:2: ")]
    [TestCase("0 1\n", "abc", "edges:2: ")]
    public void A_line_that_never_ends_is_told_and_not_read_on(string first, string then, string place)
    {
        using var endless = new RepeatedText(first, then, mostBytes: 1 << 28);

        Assert.That(
            () => GraphFile.Read(endless, "edges"),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith(place).And.Message.Contains("longer than"));
    }

    [Test]
    public void Names_are_ordered_with_their_numbers_as_numbers()
    {
        string[] names = ["b", "a", "a10", "a9", "a09", "127.0.0.1:10000", "127.0.0.1:999", "127.0.0.1:7000", "", "9b"];

        Assert.That(names.Order(NaturalOrder.Instance), Is.EqualTo(new[]
        {
            "", "9b", "127.0.0.1:999", "127.0.0.1:7000", "127.0.0.1:10000", "a", "a9", "a09", "a10", "b",
        }));
    }

    [Test]
    public void The_ends_of_an_edge_keep_their_names()
    {
        NamedGraph read = Read("b 3\n3 a\n");
        string[] around =
        [
            .. Enumerable.Range(0, 3).Select(node => read.NameOf(node) + ":"
                + string.Concat(read.Graph.Neighbors(node).ToArray().Select(read.NameOf))),
        ];

        Assert.That(around, Is.EqualTo(new[] { "3:ab", "a:3", "b:3" }));
    }

    [Test]
    public void A_line_with_one_name_is_a_node_and_further_columns_are_counted_and_not_read()
    {
        NamedGraph read = Read("0 1 0.5\n1 2 7\n5\n2 2 1\n1 0 1\n");

        Assert.That((read.Graph.Nodes, read.Graph.Edges), Is.EqualTo((4, 2)));
        Assert.That((read.Graph.SelfLoops, read.Graph.RepeatedEdges), Is.EqualTo((1, 1)));
        Assert.That(read.Graph.Degree(3), Is.Zero);
        Assert.That(read.Notes, Has.One.StartsWith("4 lines had more than two columns"));
    }

    [Test]
    public void Lines_with_different_numbers_of_columns_are_refused_with_the_line() => Assert.That(
        () => Read("0 1 0.5\n1 2 7 8\n"),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith("edges:2: found 4 columns, line 1 has 3; allowed "
            + "is"));

    [Test]
    public void Gzip_is_told_by_its_first_bytes()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 999).Select(i => $"{i} {i + 1}\n"))));
        byte[] bytes = packed.ToArray();

        Assert.That(GraphFile.Read(new MemoryStream(bytes), "edges").Graph.Edges, Is.EqualTo(999));
        Assert.That(
            () => GraphFile.Read(new MemoryStream(bytes[..(bytes.Length / 2)]), "edges"),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith("edges: "));
        bytes[bytes.Length / 2] ^= 0xff;
        Assert.That(
            () => GraphFile.Read(new MemoryStream(bytes), "edges"),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith("edges"));
    }

    [Test]
    public void A_graph_without_an_edge_says_so()
    {
        NamedGraph read = Read("0\n1\n");

        Assert.That((read.Graph.Nodes, read.Graph.Edges), Is.EqualTo((2, 0)));
        Assert.That(read.Notes, Has.One.StartsWith("No line names two nodes"));
    }

    [TestCase("", "edges: nothing to read: the file is empty")]
    [TestCase("\n \n", "edges: nothing to read: the file is empty")]
    [TestCase("#one #two\n#one #three\n", "edges: nothing to read: all lines are comments")]
    [TestCase("source,target\n", "edges: nothing to read: no line names a node")]
    [TestCase("<graphml><graph/></graphml>", "edges: nothing to read: there is no node and no edge")]
    public void Nothing_to_read_is_a_mistake(string text, string message) => Assert.That(
        () => Read(text), Throws.TypeOf<ScenarioException>().With.Message.StartsWith(message));

    [TestCase("0 1\n{\"a\": 1}", "edges:2: found \"{\"a\": 1}\": { cannot be part of a name")]
    [TestCase("0 \u0001", "edges:1: found \"?\": a name holds a control character")]
    [TestCase("<html></html>", "edges:1: XML, but no GraphML or GEXF: its root is <html>")]
    [TestCase("<graphml>\n<edge source='1'/></graphml>", "edges:2: <edge> without target")]
    [TestCase("<graphml>\n<node", "edges:2: broken XML")]
    public void A_mistake_is_told_with_its_line(string text, string message) => Assert.That(
        () => Read(text), Throws.TypeOf<ScenarioException>().With.Message.StartsWith(message));

    [Test]
    public void A_name_is_not_endless() => Assert.That(
        () => Read("0 1\n" + new string('x', 300)),
        Throws.TypeOf<ScenarioException>().With.Message.Contains("edges:2: ").And.Message.Contains("256 characters"));

    private static string[] Names(string text)
    {
        NamedGraph read = Read(text);
        return [.. Enumerable.Range(0, read.Graph.Nodes).Select(read.NameOf)];
    }

    private static NamedGraph Read(string text) =>
        GraphFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "edges");
}
