using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Reads an adjacency matrix: a cell that is not 0 or empty is an edge.</summary>
internal static class MatrixReader
{
    public static void Read(Rows rows, MatrixShape shape, GraphBuilder graph)
    {
        int[] nodes = [.. Enumerable.Range(0, shape.Size).Select(node => graph.Node(
            shape.Names.Count > 0 ? shape.Names[node] : node.ToString(CultureInfo.InvariantCulture),
            shape.HeadingLine))];
        if (graph.Nodes < shape.Size)
            throw graph.Wrong(shape.HeadingLine, "two columns of the matrix have the same name");
        var known = new HashSet<(int, int)>();
        int from = shape.HasLabels ? 1 : 0, row = 0;
        for (; rows.Next(); row++)
        {
            if (rows.Line == shape.HeadingLine)
            {
                row--;
                continue;
            }

            if (row == shape.Size) throw NotSquare(rows.Line, "more rows");
            CheckRow(rows, shape, row, graph);
            for (int column = 0; column < shape.Size; column++)
            {
                double value = CellText.NumberIn(rows[column + from]) ?? throw graph.Wrong(
                    rows.Line, $"found {PrintableText.Quote(rows[column + from])}, allowed in a matrix are numbers");
                if (value != 0 && known.Add((Math.Min(row, column), Math.Max(row, column))))
                    graph.Edge(nodes[row], nodes[column], rows.Line);
            }
        }

        if (row < shape.Size) throw NotSquare(rows.Line, $"{row} rows");
        graph.ReadAs = $"an adjacency matrix of {shape.Size} nodes";
        graph.Note("A cell other than 0 is an edge, in either direction; its value was not read otherwise.");

        Exception NotSquare(int line, string found) => graph.Wrong(
            line, $"found {found} under {shape.Size} columns: an adjacency matrix has as many rows as columns");
    }

    private static void CheckRow(Rows rows, MatrixShape shape, int row, GraphBuilder graph)
    {
        int width = shape.Size + (shape.HasLabels ? 1 : 0);
        if (rows.Count != width)
            throw graph.Wrong(rows.Line, $"found {rows.Count} values, the other rows of the matrix have {width}");
        if (shape.HasLabels && !rows[0].SequenceEqual(shape.Names[row]))
            throw graph.Wrong(
                rows.Line, $"found the row {PrintableText.Quote(rows[0])}, allowed is "
                + $"{PrintableText.Quote(shape.Names[row])}: rows have the order of the columns");
    }
}
