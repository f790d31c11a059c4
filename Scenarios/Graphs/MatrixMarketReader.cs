using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads a sparse adjacency matrix in the coordinate format of Matrix Market: rows, columns and entries, then a row and
/// a column for each entry.
/// </summary>
internal static class MatrixMarketReader
{
    public const string Beginning = "%%MatrixMarket";

    public static void Read(TextReader text, GraphBuilder graph)
    {
        var limited = new LimitedLines(text, graph.Source);
        string[] kind = limited.Next()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (kind is not [_, _, var format, ..] || !format.Equals("coordinate", StringComparison.OrdinalIgnoreCase))
            throw graph.Wrong(1, "read of Matrix Market is \"matrix coordinate\"");
        using var rows = new BlankRows(new ContentLines(limited), graph.Source);
        if (!rows.Next() || rows.Count != 3 || !rows[0].SequenceEqual(rows[1]))
            throw graph.Wrong(
                rows.Line, "allowed are the numbers of rows, columns and entries; an adjacency matrix has as many "
                    + "rows as "
                + "columns");
        var nodes = new CountedNodes(rows[0], rows.Line, graph);
        if (!long.TryParse(rows[2], NumberStyles.None, CultureInfo.InvariantCulture, out long entries))
            throw graph.Wrong(rows.Line, $"found {PrintableText.Quote(rows[2])}, allowed is a number of entries");
        long read = 0;
        for (; rows.Next(); read++)
        {
            if (rows.Count < 2) throw graph.Wrong(rows.Line, "allowed is an entry: its row, its column, and its value");
            if (rows.Count == 2 || CellText.NumberIn(rows[2]) != 0) nodes.Edge(rows[0], rows[1], rows.Line);
        }

        if (read != entries) throw graph.Wrong(rows.Line, $"found {read} entries, the head of the file says {entries}");
        graph.ReadAs = "Matrix Market";
        graph.Note("An entry other than 0 is an edge, in either direction; its value was not read otherwise.");
    }
}
