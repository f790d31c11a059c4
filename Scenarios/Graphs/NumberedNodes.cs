namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Nodes that a file numbers and may label. A label is the name if every node has one and no two have the same; else
/// the numbers are the names.
/// </summary>
internal sealed class NumberedNodes(GraphBuilder graph)
{
    private readonly List<(string Id, string Label, int Line)> nodes = [];
    private readonly HashSet<string> labels = [];
    private readonly Dictionary<string, string> namesById = [];
    private bool areLabeled = true;

    /// <exception cref="Files.ScenarioException">There are too many, or the id is known.</exception>
    public void Add(string id, string? label, int line)
    {
        if (nodes.Count == graph.Limits.MostNodes)
            throw graph.Wrong(line, $"there are more nodes than the {graph.Limits.MostNodes} that are allowed");
        nodes.Add((id, label ?? "", line));
        areLabeled &= label is { Length: > 0 } && labels.Add(label);
        if (!namesById.TryAdd(id, ""))
            throw graph.Wrong(line, $"the node {PrintableText.Quote(id)} is there twice");
    }

    /// <summary>Gives the nodes to the graph; edges are added after it.</summary>
    public void Finish()
    {
        foreach (var (id, label, line) in nodes)
        {
            namesById[id] = areLabeled ? label : id;
            graph.Node(namesById[id], line);
        }
    }

    /// <exception cref="Files.ScenarioException">There is no such node.</exception>
    public int Node(string id, int line) => namesById.TryGetValue(id, out string? name)
        ? graph.Node(name, line)
        : throw graph.Wrong(line, $"found {PrintableText.Quote(id)}: there is no such node");
}
