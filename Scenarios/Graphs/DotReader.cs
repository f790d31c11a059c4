using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads nodes and edges of a graph of Graphviz, subgraphs included; attributes and directions are dropped.
/// </summary>
/// <remarks>Grammar: graphviz.org/doc/info/lang.html.</remarks>
internal sealed class DotReader
{
    private const int DeepestSubgraph = 100;

    private readonly GraphTokens tokens;
    private readonly GraphBuilder graph;

    private DotReader(TextReader text, GraphBuilder graph) =>
        (tokens, this.graph) = (new GraphTokens(text, hasEscapes: true, graph), graph);

    public static void Read(TextReader text, GraphBuilder graph) => new DotReader(text, graph).Read();

    private void Read()
    {
        tokens.Take("strict");
        GraphToken kind = tokens.Require("graph or digraph");
        if (tokens.Peek() is { } next && !next.Is("{")) tokens.Next();
        GraphToken open = tokens.Require("{");
        if (!open.Is("{")) throw Unexpected(open, "{");
        ReadStatements(depth: 0);
        if (tokens.Next() is { } more)
            throw graph.Wrong(more.Line, "there is more after the graph; a file holds one graph");
        graph.ReadAs = "DOT (Graphviz)";
        if (kind.Is("digraph")) graph.Note("Directions of edges were not read.");
    }

    /// <summary>Up to the closing brace; gives the nodes that were named.</summary>
    private List<int> ReadStatements(int depth)
    {
        if (depth > DeepestSubgraph)
            throw graph.Wrong(tokens.Peek()?.Line ?? 0, $"subgraphs lie in each other more than {DeepestSubgraph} "
                + "deep");
        var named = new List<int>();
        while (!tokens.Take("}"))
        {
            if (tokens.Take(";") || tokens.Take(",")) continue;
            if (tokens.Peek() is { } word && (word.Is("graph") || word.Is("node") || word.Is("edge")))
            {
                tokens.Next();
                SkipAttributes();
                continue;
            }

            named.AddRange(ReadStatement(depth));
        }

        return named;
    }

    private List<int> ReadStatement(int depth)
    {
        GraphToken? first = tokens.Peek();
        List<int>? ends = ReadEnds(depth);
        if (ends is null) return [];
        List<int> named = [.. ends];
        while (tokens.Take("--") || tokens.Take("->"))
        {
            int line = tokens.Peek()?.Line ?? first!.Value.Line;
            List<int> others = ReadEnds(depth) ?? throw graph.Wrong(line, "found =, allowed is the end of an edge");
            foreach (int one in ends)
                foreach (int other in others) graph.Edge(one, other, line);
            named.AddRange(others);
            ends = others;
        }

        SkipAttributes();
        return named;
    }

    /// <summary>A node, or the nodes of a subgraph; null for an attribute such as rankdir=LR.</summary>
    private List<int>? ReadEnds(int depth)
    {
        if (tokens.Take("subgraph"))
        {
            if (tokens.Peek() is { } name && !name.Is("{")) tokens.Next();
            GraphToken open = tokens.Require("{");
            return open.Is("{") ? ReadStatements(depth + 1) : throw Unexpected(open, "{");
        }

        GraphToken node = tokens.Require("}");
        if (node.Is("{")) return ReadStatements(depth + 1);
        if (!node.IsQuoted && node.Text is "[" or "]" or "}" or "=" or ":" or ";" or "," or "--" or "->")
            throw Unexpected(node, "the name of a node");
        if (tokens.Take("="))
        {
            tokens.Require("a value");
            return null;
        }

        // A port, and a side of it.
        while (tokens.Take(":")) tokens.Require("a port");
        return [graph.Node(node.Text, node.Line)];
    }

    private void SkipAttributes()
    {
        while (tokens.Take("["))
        {
            while (!tokens.Take("]")) tokens.Require("]");
        }
    }

    private ScenarioException Unexpected(GraphToken found, string allowed) =>
        graph.Wrong(found.Line, $"found {PrintableText.Quote(found.Text)}, allowed in DOT is {allowed}");
}
