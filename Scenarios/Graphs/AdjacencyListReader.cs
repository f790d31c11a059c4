namespace GossipSim.Scenarios.Graphs;

/// <summary>Reads a node and its neighbors a line, as networkx and igraph write adjacency lists.</summary>
internal static class AdjacencyListReader
{
    /// <summary>
    /// Whether the rows can be nothing else: each node begins one row, all names do, and rows have different lengths or
    /// name each edge at both of its ends.
    /// </summary>
    /// <exception cref="Files.ScenarioException">It may be one, and may be edges with more columns.</exception>
    public static bool IsSure(SampleRows sample, GraphBuilder graph)
    {
        if (!sample.IsWhole || sample.Rows.All(row => row.Cells.Length < 3)) return false;
        var neighbors = new Dictionary<string, HashSet<string>>();
        foreach (SampleRow row in sample.Rows)
        {
            HashSet<string> others = [.. row.Cells[1..]];
            if (others.Count < row.Cells.Length - 1 || !neighbors.TryAdd(row.Cells[0], others)) return false;
        }

        if (!neighbors.Values.All(others => others.All(neighbors.ContainsKey))) return false;
        bool isSymmetric = neighbors.All(row => row.Value.All(other => neighbors[other].Contains(row.Key)));
        int width = sample.Rows[0].Cells.Length;
        if (isSymmetric || sample.Rows.Any(row => row.Cells.Length != width)) return true;
        return width > 3 && sample.Rows.Count > 1
            ? throw graph.Wrong(
                sample.Rows[0].Line, $"found {width} names on each line: this may be an adjacency list, which is "
                    + "read from a "
                + "file named .adjlist, or edges with more columns, which need a heading such as source,target")
            : false;
    }

    public static void Read(Rows rows, GraphBuilder graph)
    {
        var known = new HashSet<(int, int)>();
        while (rows.Next())
        {
            int node = graph.Node(rows[0], rows.Line);
            for (int cell = 1; cell < rows.Count; cell++)
            {
                if (rows[cell].IsEmpty) continue;
                if (rows[cell][0] == '{')
                {
                    throw graph.Wrong(
                        rows.Line, $"found {PrintableText.Quote(rows[cell])}, allowed in an adjacency list are "
                            + "names; a "
                        + "multi-line adjacency list is not read, write GraphML or a list of edges");
                }

                int other = graph.Node(rows[cell], rows.Line);
                if (known.Add((Math.Min(node, other), Math.Max(node, other)))) graph.Edge(node, other, rows.Line);
            }
        }

        graph.ReadAs = "an adjacency list, a node and its neighbors on each line";
    }
}
