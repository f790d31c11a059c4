using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Reads one edge a row: the names of its two ends. A row with one name is a node.</summary>
internal static class EdgeTableReader
{
    public static void Read(Rows rows, EdgeTableShape shape, SampleRows sample, GraphBuilder graph)
    {
        int width = 0, widthLine = 0, linesWithMore = 0;
        while (rows.Next())
        {
            if (rows.Line == shape.HeadingLine) continue;
            if (rows.Count == 1)
            {
                graph.Node(Name(rows[0], rows, graph), rows.Line);
                continue;
            }

            if (width == 0) (width, widthLine) = (rows.Count, rows.Line);
            shape.CheckWidth(rows, width, widthLine, graph);
            if (rows.Count > 2) linesWithMore++;
            int one = graph.Node(Name(rows[shape.One], rows, graph), rows.Line);
            // An empty end is how tables write a node without a link.
            if (!rows[shape.Other].IsEmpty)
                graph.Edge(one, graph.Node(Name(rows[shape.Other], rows, graph), rows.Line), rows.Line);
        }

        Describe(shape, sample, linesWithMore, graph);
    }

    private static void Describe(EdgeTableShape shape, SampleRows sample, int linesWithMore, GraphBuilder graph)
    {
        string separator = sample.Separator switch
        {
            '\t' => "tabs", ';' => "semicolons", ',' => "commas", _ => "blanks",
        };
        graph.ReadAs = shape.HeadingLine == 0
            ? $"a list of edges, separated by {separator}"
            : $"a table of edges, separated by {separator}, with the ends in "
                + $"{PrintableText.Quote(shape.Heading[shape.One - shape.Offset])} and "
                + PrintableText.Quote(shape.Heading[shape.Other - shape.Offset]);
        string[] unread = [.. shape.NamesNotRead.Select(name => PrintableText.Quote(name))];
        if (unread.Length > 0)
            graph.Note($"Columns that were not read: {string.Join(", ", unread)}.");
        else if (linesWithMore > 0 && shape.HeadingLine == 0)
            graph.Note($"{Numbers.Plural(linesWithMore, "line")} had more than two columns: the first two are the "
                + "ends of "
                + "an edge, the rest (such as weights) was not read.");
        if (graph.Edges == 0 && graph.Nodes > 0)
            graph.Note("No line names two nodes, so that there is no edge. A list of degrees is read by analyze "
                + "degrees.");
        NoteDoubtfulFirstLine(shape, sample, graph);
    }

    /// <summary>A heading of unknown words, or the numbers of nodes and edges, cannot be told from an edge.</summary>
    private static void NoteDoubtfulFirstLine(EdgeTableShape shape, SampleRows sample, GraphBuilder graph)
    {
        if (shape.HeadingLine > 0 || sample.Rows.Count < 3
            || sample.Rows[0].Cells is not [var one, var other, ..])
            return;

        string edge = $"Line {sample.Rows[0].Line} was read as an edge between {PrintableText.Quote(one)} and "
            + PrintableText.Quote(other);
        var below = sample.Rows.Skip(1).SelectMany(row => row.Cells.Take(2)).ToHashSet();
        if (CellText.IsWord(one) && CellText.IsWord(other) && !below.Contains(one) && !below.Contains(other))
            graph.Note($"{edge}, which no other line names. If it is a heading, name the columns source and target.");
        if (long.TryParse(other, out long edges) && edges == sample.Rows.Count - 1 && sample.IsWhole
            && long.TryParse(one, out long nodes) && nodes >= below.Count - 1
            && below.All(cell => long.TryParse(cell, out long node) && node <= nodes))
            graph.Note($"{edge}. If it is the number of nodes and of edges, remove it.");
    }

    /// <exception cref="Files.ScenarioException">It is no single name.</exception>
    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> cell, Rows rows, GraphBuilder graph) =>
        ProblemWith(cell, isQuotable: rows is DelimitedRows) is { } problem
            ? throw graph.Wrong(rows.Line, $"found {PrintableText.Quote(cell)}: {problem}")
            : cell;

    private static string? ProblemWith(ReadOnlySpan<char> name, bool isQuotable)
    {
        if (name.IsEmpty) return "the name of a node is missing";
        if (name.IndexOfAny(isQuotable ? "{}" : "{}[]<>|\"") is var at and >= 0)
            return name[at] is '|' or '>'
                ? "names are separated by commas, semicolons, tabs or blanks"
                : $"{name[at]} cannot be part of a name";
        if (name.Count('(') != name.Count(')')) return "a name has a parenthesis without its pair, as tuples do";
        return HasSeveralNumbers(name)
            ? "one name holds several numbers; a file has one separator: a comma, a semicolon, a tab or blanks"
            : null;
    }

    private static bool HasSeveralNumbers(ReadOnlySpan<char> name)
    {
        if (!name.ContainsAny(" \t")) return false;
        string[] words = name.ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.All(CellText.IsNumber);
    }
}
