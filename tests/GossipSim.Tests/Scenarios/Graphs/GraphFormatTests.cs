using System.Text;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Graphs;

/// <summary>Files as public tools write them: each is read as what it is, or refused by name.</summary>
internal sealed class GraphFormatTests
{
    private const string GraphMl = "<?xml version=\"1.0\"?>\n";

    [TestCase("from,to\n1,2\n2,3\n3,1\n", 3, 3, TestName = "Heading_from_to")]
    [TestCase("v,w\n1,2\n2,3\n", 3, 2, TestName = "Heading_v_w")]
    [TestCase("node1,node2\n1,2\n2,3\n", 3, 2, TestName = "Heading_node1_node2")]
    [TestCase("id_1,id_2\n1,2\n2,3\n", 3, 2, TestName = "Heading_id_1_id_2")]
    [TestCase(",source,target,weight\n0,a,b,1\n1,b,c,1\n", 3, 2, TestName = "Pandas_with_an_index_column")]
    [TestCase("weight,SOURCE,TARGET\n5,a,b\n5,b,c\n", 3, 2, TestName = "Named_columns_anywhere")]
    [TestCase("Source,Target\nAnna Maria,Bert\nAnna Maria,Cleo\nBert,Cleo\n", 3, 3, TestName = "Names_with_spaces")]
    [TestCase("\"source\",\"target\"\n\"a\",\"b\"\n\"b\",\"c\"\n", 3, 2, TestName = "Quoted_names")]
    [TestCase("source;target;weight\na;b;0,5\nb;c;1,5\n", 3, 2, TestName = "Semicolons_and_decimal_commas")]
    [TestCase("source\ttarget\na b\tc\nc\td\n", 3, 2, TestName = "Tabs")]
    [TestCase("# Nodes: 3\n# FromNodeId\tToNodeId\n0\t1\n1\t2\n", 3, 2, TestName = "Snap")]
    [TestCase("1 2 {'weight': 4}\n2 3 {}\n", 3, 2, TestName = "Networkx_edge_list_with_data")]
    [TestCase("*Vertices 5\n*Edges\n1 2\n2 3\n1 3\n1 4\n2 4\n1 5\n", 5, 6, TestName = "Pajek")]
    [TestCase("*vertices 3\n1 \"a\"\n2 \"b\"\n3 \"c d\"\n*edges\n1 2\n2 3\n", 3, 2, TestName = "Pajek_with_labels")]
    [TestCase("c a comment\np edge 4 4\ne 1 2\ne 2 3\ne 3 4\ne 4 1\n", 4, 4, TestName = "Dimacs")]
    [TestCase("a pp b\nb pd c\nc pp d\n", 4, 3, TestName = "Sif")]
    [TestCase("a b c\nb c\nc d\nd\n", 4, 4, TestName = "Adjacency_list")]
    [TestCase("0 1 0\n1 0 1\n0 1 0\n", 3, 2, TestName = "Matrix")]
    [TestCase(";Mia;Ann;Joe\nMia;0;1;0\nAnn;1;0;1\nJoe;0;1;0\n", 3, 2, TestName = "Matrix_with_names")]
    [TestCase("graph g { a -- b; b -- c [weight=2]; d }\n", 4, 2, TestName = "Dot")]
    [TestCase(
        "graph [ node [ id 0 label \"a\" ] node [ id 1 ] edge [ source 0 target 1 ] ]\n", 2, 1, TestName = "Gml")]
    [TestCase(
        "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"links\": [{\"source\": \"a\", \"target\": \"b\"}]}",
        2, 1, TestName = "Node_link_json")]
    [TestCase(
        GraphMl + "<!DOCTYPE graphml SYSTEM \"http://graphml.example/graphml.dtd\">\n<graphml><graph><node id=\"a\"/>"
        + "<node id=\"b\"/><edge source=\"a\" target=\"b\"/></graph></graphml>", 2, 1,
        TestName = "GraphMl_with_doctype")]
    [TestCase(
        "<g:graphml xmlns:g=\"http://graphml.graphdrawing.org/xmlns\"><g:graph><g:edge source=\"0\" target=\"1\"/>"
        + "</g:graph></g:graphml>", 2, 1, TestName = "GraphMl_with_prefixes")]
    [TestCase(
        "<gexf xmlns=\"http://gexf.net/1.3\"><graph><nodes><node id=\"0\" label=\"A B\"/><node id=\"1\"/></nodes>"
        + "<edges><edge id=\"0\" source=\"0\" target=\"1\"/></edges></graph></gexf>", 2, 1, TestName = "Gexf")]
    public void Is_read(string text, int nodes, int edges)
    {
        NamedGraph read = Read(Encoding.UTF8.GetBytes(text));

        Assert.That((read.Graph.Nodes, read.Graph.Edges), Is.EqualTo((nodes, edges)), read.ReadAs);
    }

    [TestCase("UTF-16")]
    [TestCase("UTF-16BE")]
    public void GraphMl_in_utf_16_with_a_byte_order_mark_is_read(string encoding)
    {
        Encoding utf16 = Encoding.GetEncoding(encoding);
        byte[] text = utf16.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><graphml><graph><edge source=\"0\" "
                + "target=\"1\"/></graph></graphml>");

        NamedGraph read = Read([.. utf16.GetPreamble(), .. text]);

        Assert.That((read.Graph.Nodes, read.Graph.Edges), Is.EqualTo((2, 1)));
    }

    [TestCase(
        "<graphml><graph><node id=\"0\"/><hyperedge><endpoint node=\"0\"/></hyperedge></graph></graphml>", "hyperedge")]
    [TestCase("<graphml><graph><node id=\"0\"/></graph><graph/></graphml>", "graph")]
    [TestCase("nodedef>name VARCHAR\n1\nedgedef>node1 VARCHAR,node2 VARCHAR\n1,2\n", "GDF")]
    [TestCase("dl n=3 format=edgelist1\ndata:\na b\n", "UCINET")]
    [TestCase("Id,Label,timeset\n0,a,\n1,b,\n", "table of nodes")]
    [TestCase("a|b\nb|c\n", "commas, semicolons, tabs or blanks")]
    public void Is_refused_by_name(string text, string word) => Assert.That(
        () => Read(Encoding.UTF8.GetBytes(text)),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith("edges").And.Message.Contains(word));

    [Test]
    public void An_entity_bomb_is_refused_quickly()
    {
        var bomb = new StringBuilder("<!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\">");
        for (char c = 'b'; c < 'k'; c++)
            bomb.Append($"<!ENTITY {c} \"").Insert(bomb.Length, $"&{(char)(c - 1)};", 10).Append("\">");
        bomb.Append("]><graphml><graph><node id=\"&j;\"/></graph></graphml>");

        Assert.That(() => Read(Encoding.UTF8.GetBytes(bomb.ToString())), Throws.TypeOf<ScenarioException>());
    }

    [Test]
    public void Control_characters_of_a_file_do_not_reach_a_message()
    {
        var refused = Assert.Throws<ScenarioException>(() => Read(Encoding.UTF8.GetBytes("0 1\n\u001b[31m \u202e\n")));

        Assert.That(refused!.Message, Does.Not.Contain("\u001b").And.Not.Contain("\u202e"));
    }

    private static NamedGraph Read(byte[] bytes) => GraphFile.Read(new MemoryStream(bytes), "edges");
}
