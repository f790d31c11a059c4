using System.Text;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Graphs;

/// <summary>Small files as other programs write them: each is read rightly or refused in words.</summary>
internal sealed class GraphFormatTests
{
    private const string Triangle = "a-b a-c b-c";

    private static readonly TestCaseData[] read =
    [
        Case("A_heading_of_numbers", "from,to\n1,2\n2,3\n3,1\n", "1-2 1-3 2-3"),
        Case("A_heading_v_w", "v w\n1 2\n2 3\n3 1\n", "1-2 1-3 2-3"),
        Case("A_heading_node1_node2", "node1,node2\n1,2\n2,3\n3,1\n", "1-2 1-3 2-3"),
        Case("A_heading_id_1_id_2", "ID_1;ID_2\n1;2\n2;3\n3;1\n", "1-2 1-3 2-3"),
        Case("A_heading_of_unknown_words", "alpha\tomega\n1\t2\n2\t3\n3\t1\n", "1-2 1-3 2-3"),
        Case("Known_columns_anywhere", "weight,Target,id,Source\n1,b,0,a\n2,c,1,a\n3,c,2,b\n", Triangle),
        Case("Words_that_look_like_a_heading", "v1,v2\nv2,v3\nv3,v1\n", "v1-v2 v1-v3 v2-v3"),
        Case("Letters_that_look_like_a_heading", "a b\na c\nb c\n", Triangle),
        Case("Names_with_blanks", "Source,Target\nAnna M,Bert\nAnna M,Cleo\nBert,Cleo\n",
            "Anna M-Bert Anna M-Cleo Bert-Cleo"),
        Case("Quotes", "\"source\",\"target\"\n\"a\",\"b\"\n\"x, \"\"y\"\"\",\"b\"\n", "a-b b-x, \"y\""),
        Case("Pandas_with_an_index", ",source,target,weight\n0,a,b,1\n1,a,c,1\n2,b,c,1\n", Triangle),
        Case("Pandas_with_blanks", " source target\n0 a b\n1 a c\n2 b c\n", Triangle),
        Case("R_write_table", "\"from\" \"to\"\n\"1\" \"a\" \"b\"\n\"2\" \"a\" \"c\"\n\"3\" \"b\" \"c\"\n", Triangle),
        Case("R_write_csv",
            "\"\",\"from\",\"to\"\n\"1\",\"a\",\"b\"\n\"2\",\"a\",\"c\"\n\"3\",\"b\",\"c\"\n", Triangle),
        Case("Excel", "\uFEFFsep=;\r\nSource;Target\r\na;b\r\na;c\r\nb;c\r\n;\r\n", Triangle),
        Case("Gephi_edges",
            "Source,Target,Type,Id,Label,timeset,Weight\na,b,Undirected,0,,,1.0\na,c,Undirected,1,,,1.0\n"
            + "b,c,Undirected,2,,,1.0\n", Triangle),
        Case("Neo4j", ":START_ID,:END_ID,:TYPE\na,b,x\na,c,x\nb,c,x\n", Triangle),
        Case("Lines_of_old_Macs", "a b\ra c\rb c\r", Triangle),
        Case("Networkx_with_data", "a b {'weight': 3, 'kind': 'x y'}\na c {}\nb c {}\n", Triangle),
        Case("Networkx_with_data_and_commas", "a,b,{'weight': 3, 'kind': 'x'}\na,c,{}\nb,c,{}\n", Triangle),
        Case("Decimal_commas", "a b 0,5\na c 0,5\nb c 0,7\n", Triangle),
        Case("Snap", "# FromNodeId\tToNodeId\n1\t2\n1\t3\n2\t3\n", "1-2 1-3 2-3"),
        Case("Konect", "% sym unweighted\n% 3 3 3\n1 2\n1 3\n2 3\n", "1-2 1-3 2-3"),
        Case("Matrix", "0 1 0\n1 0 1\n0 1 0\n", "0-1 1-2"),
        Case("Matrix_of_weights", "0.0e+00 2.5e+00 0 0\n2.5 0 1 0\n0 1 0 1\n0 0 1 0\n", "0-1 1-2 2-3"),
        Case("Matrix_with_names", ";Mia;Ann;Joe\nMia;0;1;0\nAnn;1;0;1\nJoe;0;1;0\n", "Ann-Joe Ann-Mia"),
        Case("Matrix_with_a_corner", "name,7,8,9\n7,0,1,0\n8,1,0,1\n9,0,1,0\n", "7-8 8-9"),
        Case("Matrix_of_pandas", ",0,1,2\n0,0.0,1.0,0.0\n1,1.0,0.0,1.0\n2,0.0,1.0,0.0\n", "0-1 1-2"),
        Case("Matrix_of_R", "\"x\" \"y\" \"z\"\n\"x\" 0 1 0\n\"y\" 1 0 1\n\"z\" 0 1 0\n", "x-y y-z"),
        Case("Matrix_with_names_above", "x,y,z\n0,1,0\n1,0,1\n0,1,0\n", "x-y y-z"),
        Case("Adjacency_list", "#nx\n# GMT\n0 1 2 3\n1 3\n2\n3\n", "0-1 0-2 0-3 1-3"),
        Case("Adjacency_list_of_both_ends", "a b c\nb a c\nc a b\n", Triangle),
        Case("Adjacency_list_of_a_complete_graph", "1 2 3 4\n2 3 4 1\n3 4 1 2\n4 3 2 1\n", "1-2 1-3 1-4 2-3 2-4 3-4"),
        Case("Sif", "a pp b\nb pd c\nc pp d\n", "a-b b-c c-d"),
        Case("Sif_with_tabs", "Anna M\tknows\tBert\tCleo\nBert\tknows\tCleo\n", "Anna M-Bert Anna M-Cleo Bert-Cleo"),
        Case("Pajek", "*Vertices 5\n*Edges\n1 2\n2 3\n1 3\n1 4\n2 4\n1 5\n", "1-2 1-3 1-4 1-5 2-3 2-4"),
        Case("Pajek_with_labels", "*Network x\r\n*vertices 3\r\n1 \"a\" 0.1 0.2 ellipse\r\n2 \"b\"\r\n3 \"c "
            + "d\"\r\n*arcs\r\n"
            + "1 2 1.0\r\n*edgeslist\r\n2 3\r\n", "a-b b-c d"),
        Case("Dimacs", "c FILE: x\nc\np edge 4 3\ne 1 2\ne 2 3\ne 4 1\n", "1-2 1-4 2-3"),
        Case("Dimacs_flow", "p max 3 2\nn 1 s\nn 3 t\na 1 2 5\na 2 3 5\n", "1-2 2-3"),
        Case("Matrix_market", "%%MatrixMarket matrix coordinate real symmetric\n% by scipy\n4 4 2\n2 1 1.0\n3 2 1.0\n",
            "1-2 2-3"),
        Case("Dot", "// x\nstrict graph \"my graph\" {\n  rankdir=LR; node [shape=box, label=\"}\"];\n  a "
            + "[label=<b>];\n"
            + "  a -- b -- c [w=\"1\"]\n  subgraph s { a; c }\n  c -- { a b:n }\n}\n", Triangle),
        Case("Digraph", "/* pygraphviz */ digraph { \"a\" -> \"b\";\n# line\n\"a\" -> c\n b->c }", Triangle),
        Case("Dot_of_this_program", "graph overlay {\n  // two peers\n  \"127.0.0.1:7000\" [degree=\"1\"];\n"
            + "  \"127.0.0.1:7001\" [degree=\"1\"];\n  \"127.0.0.1:7000\" -- \"127.0.0.1:7001\" "
            + "[sinceSeconds=\"1\"];\n}\n",
            "127.0.0.1:7000-127.0.0.1:7001"),
        Case("Gml", "Creator \"igraph\"\nVersion 1\ngraph\n[\n  directed 0\n  node\n  [\n    id 0\n    label \"Anna "
            + "&amp; B\"\n"
            + "    pos [ x 1.5e-3 y -2 ]\n  ]\n  node [ id 7 label \"C\" ]\n  edge [ source 0 target 7 weight 2 ]\n]\n",
            "Anna & B-C"),
        Case("Gml_with_two_equal_labels", "graph [ node [ id 1 label \"x\" ] node [ id 2 label \"x\" ] edge [ source "
            + "1 target 2 ] ]",
            "1-2"),
        Case("Node_link", """
            {"directed": false, "nodes": [{"id": "a"}, {"id": "b", "x": 1}, {"id": 3}],
             "links": [{"source": "a", "target": "b"}, {"source": 3, "target": "b"}]}
            """, "3-b a-b"),
        Case("Gexf", "<?xml version='1.0' encoding='UTF-8'?>\n<gexf xmlns='http://gexf.net/1.3' "
            + "xmlns:viz='http://gexf.net/1.3/viz'>"
            + "<graph defaultedgetype='undirected'><nodes><node id='0' label='Anna'><viz:size "
            + "value='1'/></node><node id='1'/>"
            + "</nodes><edges><edge id='0' source='0' target='1' weight='2.0'/></edges></graph></gexf>", "0-1"),
        Case("Graphml_with_a_prefix", "<g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'><g:graph><g:node "
            + "id='a'/>"
            + "<g:edge source='a' target='b'/></g:graph></g:graphml>", "a-b"),
        Case("Graphml_with_a_doctype", "<?xml version=\"1.0\"?>\n<!DOCTYPE graphml SYSTEM "
            + "\"http://graphml.graphdrawing.org/dtds/"
            + "1.0rc/graphml.dtd\">\n<graphml><graph><edge source='a' target='b'/></graph></graphml>", "a-b"),
    ];

    [TestCaseSource(nameof(read))]
    public void Is_read(string text, string edges)
    {
        Assert.That(EdgesOf(Read(Encoding.UTF8.GetBytes(text))), Is.EqualTo(edges));
        byte[] utf16 = Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'));
        Assert.That(EdgesOf(Read([.. Encoding.Unicode.GetPreamble(), .. utf16])), Is.EqualTo(edges), "UTF-16");
    }

    [TestCase("graph g {\n a -- b", "edges:2: the file ends where } is expected")]
    [TestCase("graph g {\n a -- ;\n}", "edges:2: found \";\", allowed in DOT is the name of a node")]
    [TestCase("graph [ node [ label \"x\" ] ]", "edges:1: a node without id")]
    [TestCase("graph [ node [ id 1 ] edge [ source 1 target 2 ] ]", "edges:1: found \"2\": there is no such node")]
    [TestCase("*Vertices 2\n*Edges\n1 3\n", "edges:3: found \"3\", allowed is the number of a vertex from 1 to 2")]
    [TestCase("*Vertices x\n", "edges:1: allowed behind *Vertices is their number")]
    [TestCase("*Vertices 1\n*Matrix\n0\n", "edges:2: found \"*MATRIX\", read of Pajek are *Vertices, and after it "
        + "*Edges")]
    [TestCase("p edge 2 1\ne 1 3\n", "edges:2: found \"3\", allowed is the number of a node from 1 to 2")]
    [TestCase("%%MatrixMarket matrix array real general\n1 1\n1\n", "edges:1: read of Matrix Market is \"matrix "
        + "coordinate\"")]
    [TestCase("{\"a\": 1}", "edges:1: found JSON, of which an object is read with a list \"nodes\"")]
    [TestCase("{\"nodes\": [", "edges:1: broken JSON")]
    [TestCase("[(0, 1)]", "edges:1: broken JSON")]
    [TestCase("nodedef>name VARCHAR\na\n", "edges:1: this is GDF (GUESS); read are ")]
    [TestCase("dl n=3 format=edgelist1\ndata:\n1 2\n", "edges:1: this is DL (UCINET); read are ")]
    [TestCase("% bip unweighted\n1 1\n", "edges:1: this is a bipartite graph of KONECT")]
    [TestCase("PK\u0003\u0004", "edges: this is a zip archive, or a spreadsheet (save it as CSV)")]
    [TestCase("Id,Label,degree\na,a,1\nb,b,1\n", "edges:1: found the columns \"Id\", \"Label\", \"degree\": this is "
        + "a table of nodes")]
    [TestCase("node,degree\n0,3\n1,2\n", "edges:1: found the columns \"node\", \"degree\": which two are the ends of "
        + "an edge?")]
    [TestCase("x,y,z,w\nq,0,1,0\nr,1,0,1\n", "edges:1: found a table of 0 and 1 whose rows are not named as its "
        + "columns")]
    [TestCase("0 1 0 1\n1 0 1 0\n0 1 0 1\n", "edges:3: found 3 rows of 4 numbers: an adjacency matrix has as many "
        + "rows")]
    [TestCase("1 2 3 4\n2 3 4 5\n3 4 5 1\n4 5 1 2\n5 4 3 2\n", "edges:1: found 4 names on each line: this may be an "
        + "adjacency list")]
    [TestCase("0 2\n1 {}\n2 {}\n1 0\n", "edges:2: found \"{}\": { cannot be part of a name")]
    [TestCase("(0, 0) (0, 1)\n(0, 1) (1, 1)\n", "edges:1: found \"(0\": a name has a parenthesis without its pair")]
    [TestCase("a|b\nb|c\n", "edges:1: found \"a|b\": names are separated by commas, semicolons, tabs or blanks")]
    [TestCase("0,1\n2 3\n", "edges:2: found \"2 3\": one name holds several numbers; a file has one separator")]
    [TestCase("a,b\n\"c,d\ne,f\n", "edges:2: found \"\"c,d")]
    [TestCase("a b\n\"c d\n", "edges:2: found \"\"c d\": a \" is not closed")]
    [TestCase("source,target\na\u001b[2J,b\n", "edges:2: found \"a?[2J\": a name holds a control character")]
    [TestCase("a\u202Eb c\n", "edges:1: found \"a?b\": a name holds a control character")]
    [TestCase("<graphml><graph><hyperedge/></graph></graphml>", "edges:1: found a <hyperedge>, which joins more than "
        + "two nodes")]
    [TestCase("<graphml><graph/><graph/></graphml>", "edges:1: found a second <graph>; allowed is one graph a file")]
    [TestCase("<graphml><graph><node id='a'><graph/></node></graph></graphml>", "edges:1: found a <graph> within a "
        + "<node>")]
    [TestCase(
        "<!DOCTYPE g [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>\n<graphml><graph><node id='&b;'/></graph></graphml>",
        "edges:2: broken XML: Reference to undeclared entity 'b'")]
    [TestCase(
        "<!DOCTYPE g [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n<graphml><desc>&a;</desc></graphml>",
        "edges:2: broken XML: Reference to undeclared entity 'a'")]
    public void Is_refused_in_words(string text, string message) => Assert.That(
        () => Read(Encoding.UTF8.GetBytes(text)),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith(message)
            .And.Message.Not.Contain("\u001b").And.Message.Not.Contain("System."));

    [Test]
    public void The_ending_of_a_name_decides_between_lists()
    {
        using var folder = new ScenarioFolder();
        string list = folder.Write("g.adjlist", "0 1 2\n0 3\n");
        string links = folder.Write("g.sif", "a b c\nb c a\n");
        string lines = folder.Write("g.adj", "0 1\n1 {}\n");

        Assert.That(EdgesOf(GraphFile.Read(list, "g")), Is.EqualTo("0-1 0-2 0-3"));
        Assert.That(EdgesOf(GraphFile.Read(links, "g")), Is.EqualTo("a-b a-c"));
        Assert.That(
            () => GraphFile.Read(lines, "g"),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith("g:2: found \"{}\", allowed in an adjacency "
                + "list"));
    }

    [Test]
    public void A_first_line_that_may_be_no_edge_is_named()
    {
        Assert.That(
            Read("person friend\nAnna Bert\nBert Cleo\n"u8.ToArray()).Notes,
            Has.One.EqualTo("Line 1 was read as an edge between \"person\" and \"friend\", which no other line "
                + "names. If it "
                + "is a heading, name the columns source and target."));
        Assert.That(
            Read("4 3\n1 2\n2 3\n3 4\n"u8.ToArray()).Notes, Has.One.Contains("the number of nodes and of edges"));
        Assert.That(Read("a b\nb c\nc a\n"u8.ToArray()).Notes, Is.Empty);
    }

    private static TestCaseData Case(string name, string text, string edges) =>
        new TestCaseData(text, edges).SetName(name);

    private static NamedGraph Read(byte[] text) => GraphFile.Read(new MemoryStream(text), "edges");

    /// <summary>The smaller name of each edge first, in the order of text.</summary>
    private static string EdgesOf(NamedGraph graph)
    {
        var edges = new List<string>();
        for (int node = 0; node < graph.Graph.Nodes; node++)
            foreach (int other in graph.Graph.Neighbors(node))
                if (other > node) edges.Add($"{graph.NameOf(node)}-{graph.NameOf(other)}");
        return string.Join(' ', edges.Order(StringComparer.Ordinal));
    }
}
