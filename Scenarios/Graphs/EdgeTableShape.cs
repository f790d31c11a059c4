namespace GossipSim.Scenarios.Graphs;

/// <summary>Where a list or table of edges has its heading and the ends of each edge.</summary>
/// <param name="HeadingLine">0 for none.</param>
/// <param name="Heading">Names of the columns; empty for none.</param>
/// <param name="Offset">Cells at the start of each row for which the heading has no name, as R writes them.</param>
/// <param name="One">The column of one end, of the other, in rows.</param>
internal sealed record EdgeTableShape(
    int HeadingLine, IReadOnlyList<string> Heading, int Offset, int One, int Other)
{
    public static readonly EdgeTableShape WithoutHeading = new(0, [], 0, 0, 1);

    private int Width => Heading.Count + Offset;

    /// <summary>Columns behind a heading that are no ends.</summary>
    public IEnumerable<string> NamesNotRead =>
        Heading.Where((name, column) => name.Length > 0 && column + Offset != One && column + Offset != Other);

    /// <exception cref="Files.ScenarioException">There is a heading, but the ends are not to be found.</exception>
    public static EdgeTableShape Of(SampleRows sample, GraphBuilder graph)
    {
        SampleRow first = sample.Rows[0];
        string[] heading = first.Cells;
        IReadOnlyList<SampleRow> rest = [.. sample.Rows.Skip(1).Where(row => row.Cells.Length > 1)];
        int offset = HaveRowNumbers(rest, heading.Length + 1) ? 1 : 0;
        if (EndColumns.In(heading, out bool isSure) is { } ends
            && new EdgeTableShape(first.Line, heading, offset, ends.One + offset, ends.Other + offset) is var named
            && (isSure || !named.HasNodesAbove(rest)))
            return named;
        if (!IsHeading(heading, offset, rest)) return WithoutHeading;
        int[] columns = EndColumns.CandidatesIn(heading);
        if (columns.Length == 2 && !EndColumns.IsOfNodes(heading))
            return new EdgeTableShape(first.Line, heading, offset, columns[0] + offset, columns[1] + offset);
        string found = string.Join(", ", heading.Take(8).Select(name => PrintableText.Quote(name)));
        throw graph.Wrong(first.Line, EndColumns.IsOfNodes(heading)
            ? $"found the columns {found}: this is a table of nodes, allowed is one of edges, with the columns source "
                + "and target"
            : $"found the columns {found}: which two are the ends of an edge? name them source and target");
    }

    /// <exception cref="Files.ScenarioException">A row has more or fewer cells than the others.</exception>
    public void CheckWidth(Rows row, int expected, int expectedLine, GraphBuilder graph)
    {
        if (row.Count == (Heading.Count > 0 ? Width : expected)) return;
        string others = Heading.Count > 0
            ? $"the heading has {Width}" : $"line {expectedLine} has {expected}";
        throw graph.Wrong(
            row.Line, $"found {row.Count} columns, {others}; allowed is one edge a line with the same columns, "
                + "separated "
            + "by commas, semicolons, tabs or blanks. An adjacency list is read from a file named .adjlist, or where "
            + "each "
            + "node begins one line");
    }

    /// <summary>Whether rows begin with numbers of their own, for which the heading has no cell.</summary>
    private static bool HaveRowNumbers(IReadOnlyList<SampleRow> rows, int width) =>
        rows.Count > 0 && rows.All(row => row.Cells.Length == width && CellText.IsNumber(row.Cells[0]))
        && rows.Select(row => row.Cells[0]).Distinct().Count() == rows.Count;

    /// <summary>Whether the heading consists of nodes: they come again below, or look like those.</summary>
    private bool HasNodesAbove(IReadOnlyList<SampleRow> rest)
    {
        string one = Heading[One - Offset], other = Heading[Other - Offset];
        return rest.Where(row => Math.Max(One, Other) < row.Cells.Length).Take(1000)
            .SelectMany(row => new[] { row.Cells[One], row.Cells[Other] })
            .Any(cell => cell == one || cell == other || IsAlike(cell, one));
    }

    /// <summary>Both are single letters, or the same letters with a number behind.</summary>
    private static bool IsAlike(string cell, string name) => name.Length == 1
        ? cell.Length == 1 && char.IsLetter(cell[0])
        : name.TrimEnd('0', '1', '2') is var stem && stem.Length < name.Length
            && cell.StartsWith(stem, StringComparison.Ordinal) && CellText.IsNumber(cell[stem.Length..]);

    /// <summary>Whether words stand above numbers, or an empty cell above the numbers of rows.</summary>
    private static bool IsHeading(string[] first, int offset, IReadOnlyList<SampleRow> rest)
    {
        if (rest.Count == 0 || first.Any(CellText.IsNumber) || first.All(cell => cell.Length == 0)) return false;
        if (offset > 0 && first.All(CellText.IsWord)) return true;
        return Enumerable.Range(0, first.Length).Any(column => rest.All(row =>
            column < row.Cells.Length && CellText.IsNumber(row.Cells[column])));
    }
}
