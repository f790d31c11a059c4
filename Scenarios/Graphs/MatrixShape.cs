namespace GossipSim.Scenarios.Graphs;

/// <summary>How a table is an adjacency matrix.</summary>
/// <param name="HeadingLine">The line of the names of the columns; 0 for none.</param>
/// <param name="Names">Of the nodes, in the order of the columns; empty for 0, 1, ...</param>
/// <param name="HasLabels">Whether each row begins with its name.</param>
/// <param name="Size">Nodes.</param>
internal sealed record MatrixShape(int HeadingLine, IReadOnlyList<string> Names, bool HasLabels, int Size)
{
    /// <summary>So many columns of numbers are a matrix, or a mistake.</summary>
    private const int ManyColumns = 32;

    /// <summary>Null if the table is none.</summary>
    /// <exception cref="Files.ScenarioException">It looks like a matrix that is not square.</exception>
    public static MatrixShape? Of(SampleRows sample, GraphBuilder graph)
    {
        SampleRow first = sample.Rows[0];
        if (first.Cells.All(CellText.IsNumber)) return WithoutNames(sample, graph);
        IReadOnlyList<SampleRow> rows = [.. sample.Rows.Skip(1)];
        if (rows.Count == 0 || rows.Any(row => row.Cells.Length != rows[0].Cells.Length)) return null;
        int width = rows[0].Cells.Length;
        if (WithLabels(first, rows, width, sample.IsWhole) is { } labeled) return labeled;
        bool isSquare = sample.IsWhole && rows.Count == width && first.Cells.Length == width;
        if (width >= 3 && isSquare && first.Cells.All(CellText.IsWord)
            && AllAre(rows, CellText.IsZeroOrOne, from: 0))
            return new MatrixShape(first.Line, first.Cells, HasLabels: false, width);
        return width >= 4 && AllAre(rows, CellText.IsZeroOrOne, from: 1)
            ? throw graph.Wrong(
                first.Line, "found a table of 0 and 1 whose rows are not named as its columns: an adjacency matrix "
                    + "has the "
                + "same nodes in rows and columns, in the same order")
            : null;
    }

    /// <summary>The heading may have an empty or another cell above the names of the rows, or none, as R writes it.
    /// </summary>
    private static MatrixShape? WithLabels(SampleRow first, IReadOnlyList<SampleRow> rows, int width, bool isWhole)
    {
        string[] names = first.Cells.Length == width ? first.Cells[1..] : first.Cells;
        bool isMatrix = names.Length >= 2 && names.Length == width - 1 && rows.Count <= names.Length
            && (!isWhole || rows.Count == names.Length)
            && rows.Index().All(row => row.Item.Cells[0] == names[row.Index])
            && AllAre(rows, cell => CellText.NumberIn(cell) is not null, from: 1);
        return isMatrix ? new MatrixShape(first.Line, names, HasLabels: true, names.Length) : null;
    }

    private static MatrixShape? WithoutNames(SampleRows sample, GraphBuilder graph)
    {
        IReadOnlyList<SampleRow> rows = sample.Rows;
        int width = rows[0].Cells.Length;
        if (width < 3 || rows.Any(row => row.Cells.Length != width) || !AllAre(rows, CellText.IsNumber, from: 0))
            return null;
        var matrix = new MatrixShape(0, [], HasLabels: false, width);
        bool isBinary = AllAre(rows, CellText.IsZeroOrOne, from: 0);
        if (!sample.IsWhole) return isBinary || width >= ManyColumns ? matrix : null;
        if (rows.Count == width)
            return isBinary || (HasZeroDiagonal(rows) && (width > 3 || IsSymmetric(rows))) ? matrix : null;
        return width > 3 && (isBinary || width >= ManyColumns)
            ? throw graph.Wrong(
                rows[^1].Line, $"found {rows.Count} rows of {width} numbers: an adjacency matrix has as many rows as "
                    + "columns")
            : null;
    }

    private static bool AllAre(IReadOnlyList<SampleRow> rows, Predicate<string> isSo, int from) =>
        rows.All(row => row.Cells.AsSpan(from).ToArray().All(cell => isSo(cell)));

    private static bool HasZeroDiagonal(IReadOnlyList<SampleRow> rows) =>
        rows.Index().All(row => CellText.NumberIn(row.Item.Cells[row.Index]) is 0);

    private static bool IsSymmetric(IReadOnlyList<SampleRow> rows) =>
        rows.Index().All(row => row.Item.Cells.Index().All(cell =>
            CellText.NumberIn(cell.Item) == CellText.NumberIn(rows[cell.Index].Cells[row.Index])));
}
