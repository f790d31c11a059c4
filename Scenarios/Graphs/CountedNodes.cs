using System.Globalization;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Nodes 1 to n of a file that says how many there are.</summary>
internal sealed class CountedNodes
{
    private readonly GraphBuilder graph;
    private readonly int[] ids;

    /// <exception cref="Files.ScenarioException">It is no number of nodes.</exception>
    public CountedNodes(ReadOnlySpan<char> count, int line, GraphBuilder graph)
    {
        this.graph = graph;
        if (!TryNumber(count, graph.Limits.MostNodes, out int nodes))
            throw graph.Wrong(
                line, $"found {PrintableText.Quote(count)}, allowed is a number of nodes from 1 to "
                + $"{graph.Limits.MostNodes}");
        ids = new int[nodes];
        for (int node = 0; node < nodes; node++)
            ids[node] = graph.Node((node + 1).ToString(CultureInfo.InvariantCulture), line);
    }

    public void Edge(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int line) =>
        graph.Edge(Id(one, line), Id(other, line), line);

    private int Id(ReadOnlySpan<char> cell, int line) => TryNumber(cell, ids.Length, out int node)
        ? ids[node - 1]
        : throw graph.Wrong(
            line, $"found {PrintableText.Quote(cell)}, allowed is the number of a node from 1 to {ids.Length}");

    /// <summary>Reads a number from 1 to <paramref name="most"/>.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, int most, out int number) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= 1 && number <= most;
}
