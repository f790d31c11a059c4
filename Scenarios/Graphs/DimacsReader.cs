using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads a graph of the DIMACS challenges: a line p with the numbers of nodes and edges, then edges (e) or arcs (a).
/// Nodes are numbered from 1.
/// </summary>
internal static class DimacsReader
{
    public static void Read(TextReader text, GraphBuilder graph)
    {
        using var rows = new BlankRows(new ContentLines(new LimitedLines(text, graph.Source)), graph.Source);
        CountedNodes? nodes = null;
        int comments = 0;
        while (rows.Next())
        {
            switch (rows[0])
            {
                case "c":
                    comments++;
                    break;
                case "p" when nodes is not null:
                    throw graph.Wrong(rows.Line, "a file holds one DIMACS graph, this is the second");
                case "p" when rows.Count == 4:
                    nodes = new CountedNodes(rows[2], rows.Line, graph);
                    break;
                case "e" or "a" when nodes is not null && rows.Count >= 3:
                    nodes.Edge(rows[1], rows[2], rows.Line);
                    if (rows.Count > 3) graph.Note("Lengths and capacities of edges were not read.");
                    if (rows[0] is "a") graph.Note("Directions of edges were not read.");
                    break;
                case "n" or "d" or "v" or "x" when nodes is not null:
                    graph.Note("Values of nodes were not read.");
                    break;
                default:
                    throw graph.Wrong(
                        rows.Line, "read of DIMACS are the lines c (comment), p KIND NODES EDGES, and after it e or "
                            + "a with "
                        + "two nodes");
            }
        }

        graph.ReadAs = "DIMACS";
        if (comments > 0) graph.Note($"{Numbers.Plural(comments, "line")} with a comment: not read.");
    }
}
