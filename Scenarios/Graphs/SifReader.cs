namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads the simple interaction format of Cytoscape: a node, the kind of its links, and the nodes that they lead to.
/// </summary>
internal static class SifReader
{
    /// <summary>
    /// Whether the rows can be nothing else: the words in the middle are never nodes, and third words are first ones
    /// elsewhere.
    /// </summary>
    public static bool IsSure(SampleRows sample)
    {
        if (sample.Separator is not (' ' or '\t')) return false;
        List<string[]> links = [.. sample.Rows.Select(row => row.Cells).Where(cells => cells.Length > 1)];
        if (links.Count < 2 || links.Any(cells => cells.Length < 3)) return false;
        HashSet<string> kinds = [.. links.Select(cells => cells[1])];
        HashSet<string> firsts = [.. links.Select(cells => cells[0])];
        return kinds.All(CellText.IsWord) && !kinds.Overlaps(firsts)
            && links.All(cells => !cells[2..].Any(kinds.Contains))
            && links.Any(cells => firsts.Contains(cells[2]));
    }

    public static void Read(Rows rows, GraphBuilder graph)
    {
        while (rows.Next())
        {
            int node = graph.Node(rows[0], rows.Line);
            if (rows.Count == 2)
                throw graph.Wrong(
                    rows.Line, "found 2 words, allowed in SIF are a node, the kind of its links, and the nodes they "
                        + "lead to");
            for (int cell = 2; cell < rows.Count; cell++)
                graph.Edge(node, graph.Node(rows[cell], rows.Line), rows.Line);
        }

        graph.ReadAs = "SIF (Cytoscape), with the kind of link between the nodes";
        graph.Note("Kinds of links were not read.");
    }
}
