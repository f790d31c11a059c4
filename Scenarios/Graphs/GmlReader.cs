using System.Net;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Reads the nodes and edges of a graph in GML (Graph Modelling Language); directions are dropped.</summary>
internal sealed class GmlReader
{
    private const int DeepestList = 100;

    private readonly GraphTokens tokens;
    private readonly GraphBuilder graph;
    private readonly NumberedNodes nodes;
    private readonly List<(string Source, string Target, int Line)> edges = [];
    private int graphs;

    private GmlReader(TextReader text, GraphBuilder graph)
    {
        this.graph = graph;
        tokens = new GraphTokens(text, hasEscapes: false, graph);
        nodes = new NumberedNodes(graph);
    }

    public static void Read(TextReader text, GraphBuilder graph) => new GmlReader(text, graph).Read();

    private void Read()
    {
        while (tokens.Next() is { } key)
        {
            if (key.Is("graph") && tokens.Take("["))
                ReadGraph(key);
            else
                SkipValue(depth: 0);
        }

        nodes.Finish();
        foreach (var (source, target, line) in edges)
            graph.Edge(nodes.Node(source, line), nodes.Node(target, line), line);
        graph.ReadAs = "GML";
    }

    private void ReadGraph(GraphToken graphKey)
    {
        if (++graphs > 1) throw graph.Wrong(graphKey.Line, "a file holds one graph, this is the second");
        while (!tokens.Take("]"))
        {
            GraphToken key = tokens.Require("]");
            if (key.Is("directed") && tokens.Peek() is { Text: "1" })
                graph.Note("Directions of edges were not read.");
            if (!(key.Is("node") || key.Is("edge")) || !tokens.Take("["))
            {
                SkipValue(depth: 0);
                continue;
            }

            Dictionary<string, string> values = ReadValues();
            if (key.Is("node"))
                nodes.Add(Value("id"), values.GetValueOrDefault("label"), key.Line);
            else if (edges.Count < graph.Limits.MostEdges)
                edges.Add((Value("source"), Value("target"), key.Line));
            else
                throw graph.Wrong(key.Line, $"there are more edges than the {graph.Limits.MostEdges} that are allowed");

            string Value(string name) => values.GetValueOrDefault(name)
                ?? throw graph.Wrong(key.Line, $"a {key.Text} without {name}");
        }
    }

    private Dictionary<string, string> ReadValues()
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (!tokens.Take("]"))
        {
            string key = tokens.Require("]").Text;
            if (tokens.Peek() is { } value && !value.Is("[")) values[key] = WebUtility.HtmlDecode(value.Text);
            SkipValue(depth: 0);
        }

        return values;
    }

    private void SkipValue(int depth)
    {
        GraphToken value = tokens.Require("a value");
        if (!value.Is("[")) return;
        if (depth == DeepestList) throw graph.Wrong(value.Line, $"lists lie in each other more than {DeepestList} "
            + "deep");
        while (!tokens.Take("]"))
        {
            tokens.Require("]");
            SkipValue(depth + 1);
        }
    }
}
