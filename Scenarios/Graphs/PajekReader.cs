using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Reads a Pajek network (.net): numbered vertices, then edges, arcs or lists of them.</summary>
internal sealed class PajekReader
{
    private readonly GraphBuilder graph;
    private readonly BlankRows rows;
    private readonly NumberedNodes nodes;
    private int vertices;

    private PajekReader(BlankRows rows, GraphBuilder graph) =>
        (this.rows, this.graph, nodes) = (rows, graph, new NumberedNodes(graph));

    public static void Read(TextReader text, GraphBuilder graph)
    {
        using var rows = new BlankRows(new ContentLines(new LimitedLines(text, graph.Source)), graph.Source);
        new PajekReader(rows, graph).Read();
    }

    private void Read()
    {
        bool hasRow = rows.Next();
        while (hasRow)
        {
            string section = rows[0].ToString().ToUpperInvariant();
            switch (section)
            {
                case "*NETWORK" or "*PARTITION" or "*VECTOR" when vertices == 0:
                    hasRow = rows.Next();
                    break;
                case "*VERTICES" when vertices == 0:
                    hasRow = ReadVertices();
                    break;
                case "*EDGES" or "*ARCS" when vertices > 0:
                    hasRow = ReadPairs();
                    break;
                case "*EDGESLIST" or "*ARCSLIST" when vertices > 0:
                    hasRow = ReadLists();
                    break;
                case "*VERTICES" or "*NETWORK":
                    throw graph.Wrong(rows.Line, "a file holds one Pajek network, this is the second");
                default:
                    throw graph.Wrong(
                        rows.Line, $"found {PrintableText.Quote(section)}, read of Pajek are *Vertices, and after it "
                        + "*Edges, *Arcs, *Edgeslist and *Arcslist");
            }

            if (section.StartsWith("*ARCS", StringComparison.Ordinal))
                graph.Note("Directions of edges were not read.");
        }

        graph.ReadAs = "Pajek";
    }

    private bool IsSection => rows[0].StartsWith("*");

    private bool ReadVertices()
    {
        if (rows.Count < 2 || !CountedNodes.TryNumber(rows[1], graph.Limits.MostNodes, out vertices))
            throw graph.Wrong(
                rows.Line, $"allowed behind *Vertices is their number, from 1 to {graph.Limits.MostNodes}");
        if (rows.Count > 2)
            graph.Note("The vertices are of two kinds; that was not read.");
        int line = rows.Line;
        var labels = new Dictionary<int, string>();
        bool hasRow;
        while ((hasRow = rows.Next()) && !IsSection)
            if (rows.Count > 1) labels[Vertex(rows[0])] = rows[1].ToString();
        for (int vertex = 1; vertex <= vertices; vertex++)
            nodes.Add(vertex.ToString(CultureInfo.InvariantCulture), labels.GetValueOrDefault(vertex), line);
        nodes.Finish();
        return hasRow;
    }

    private bool ReadPairs()
    {
        bool hasRow;
        while ((hasRow = rows.Next()) && !IsSection)
        {
            if (rows.Count < 2) throw graph.Wrong(rows.Line, "allowed in a row of *Edges are two vertices");
            Edge(Vertex(rows[0]), Vertex(rows[1]));
            if (rows.Count > 2) graph.Note("Values of edges were not read.");
        }

        return hasRow;
    }

    private bool ReadLists()
    {
        bool hasRow;
        while ((hasRow = rows.Next()) && !IsSection)
        {
            int vertex = Vertex(rows[0]);
            for (int cell = 1; cell < rows.Count; cell++) Edge(vertex, Vertex(rows[cell]));
        }

        return hasRow;
    }

    private void Edge(int one, int other) => graph.Edge(Node(one), Node(other), rows.Line);

    private int Node(int vertex) => nodes.Node(vertex.ToString(CultureInfo.InvariantCulture), rows.Line);

    private int Vertex(ReadOnlySpan<char> cell) => CountedNodes.TryNumber(cell, vertices, out int vertex)
        ? vertex
        : throw graph.Wrong(
            rows.Line, $"found {PrintableText.Quote(cell)}, allowed is the number of a vertex from 1 to {vertices}");
}
