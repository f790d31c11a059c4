using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads lists and tables, whose kind their beginning tells: edges, an adjacency matrix or list, or SIF.
/// </summary>
internal static class ListReader
{
    /// <param name="ending">Of the file's name, such as .sif; empty for none.</param>
    public static void Read(BegunText text, string ending, GraphBuilder graph)
    {
        SampleRows sample = SampleRows.Of(text, graph.Source);
        var lines = new ContentLines(new LimitedLines(text, graph.Source));
        using Rows rows = Rows.Of(lines, sample.Separator, graph.Source);
        Read(rows, sample, ending, graph);
        if (lines.Comments > 0 && graph.Nodes > 0)
            graph.Note($"{Numbers.Plural(lines.Comments, "line")} with a comment: not read.");
        if (graph.Nodes > 0) return;
        throw graph.Wrong(0, (lines.Comments, lines.Contents) switch
        {
            (0, 0) => "nothing to read: the file is empty",
            (_, 0) => "nothing to read: all lines are comments, they begin with # or %",
            _ => "nothing to read: no line names a node",
        });
    }

    private static void Read(Rows rows, SampleRows sample, string ending, GraphBuilder graph)
    {
        if (sample.Rows.Count == 0)
        {
            // Comments may be longer than the beginning.
            EdgeTableReader.Read(rows, EdgeTableShape.WithoutHeading, sample, graph);
            return;
        }

        bool namesEnds = EndColumns.In(sample.Rows[0].Cells, out bool isSure) is not null && isSure;
        if (ending is ".sif")
            SifReader.Read(rows, graph);
        else if (ending is ".adjlist" or ".adj")
            AdjacencyListReader.Read(rows, graph);
        else if (!namesEnds && MatrixShape.Of(sample, graph) is { } matrix)
            MatrixReader.Read(rows, matrix, graph);
        else if (!namesEnds && SifReader.IsSure(sample))
            SifReader.Read(rows, graph);
        else if (!namesEnds && AdjacencyListReader.IsSure(sample, graph))
            AdjacencyListReader.Read(rows, graph);
        else
            EdgeTableReader.Read(rows, EdgeTableShape.Of(sample, graph), sample, graph);
    }
}
