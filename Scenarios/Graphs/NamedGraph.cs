using System.Globalization;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// A graph that was read, with the names of its nodes: in the order of the numbers where all names are numbers, else
/// in the order of their characters, wherever in the file they come first.
/// </summary>
/// <param name="numbers">The names if all are numbers, else empty.</param>
/// <param name="words">The names if some are not numbers, else empty.</param>
internal sealed class NamedGraph(Graph graph, long[] numbers, string[] words)
{
    public Graph Graph { get; } = graph;

    /// <summary>What the file was taken for, such as "GraphML".</summary>
    public required string ReadAs { get; init; }

    /// <summary>What was not read or may be misread, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public string NameOf(int node) =>
        words.Length == 0 ? numbers[node].ToString(CultureInfo.InvariantCulture) : words[node];
}
