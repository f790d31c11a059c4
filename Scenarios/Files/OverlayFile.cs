using GossipSim.Scenarios.Graphs;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Reads which peers are linked from any file that <c>analyze graph</c> reads. Nodes that are named 0 to n-1, or 1 to
/// n, are the peers of these numbers; other names stand for the peers in their order, in which numbers within names
/// count as numbers: 127.0.0.1:7000 comes before 127.0.0.1:10000.
/// </summary>
internal static class OverlayFile
{
    private static readonly GraphLimits limits =
        new(MostBytes: 256 << 20, MostNodes: 1_000_000, OverlaySettings.MostLinks);

    /// <param name="source">What messages call the file.</param>
    /// <exception cref="ScenarioException">Something in it is wrong.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Read(string path, string source, int peers)
    {
        var graph = GraphBuilder.WithLines(new InputSource(source), limits);
        GraphFile.ReadInto(graph, path);
        Func<string, int, int> numberOf = Numbering(graph, peers);
        var links = new List<IReadOnlyList<int>>();
        var rules = new LinkRules(peers);
        foreach (var (one, other, line) in graph.NamedEdges())
        {
            int[] ends = [numberOf(one, line), numberOf(other, line)];
            if (rules.ProblemWith(ends) is { } problem)
                throw new ScenarioException(Place(source, line), problem);
            links.Add(ends);
        }

        return rules.ProblemWithAll() is { } missing ? throw new ScenarioException(new Origin(source), missing) : links;
    }

    /// <summary>The peer that a name stands for.</summary>
    private static Func<string, int, int> Numbering(GraphBuilder graph, int peers)
    {
        string[] names = [.. graph.Names()];
        long?[] numbers = [.. names.Select(WholeNumber.In)];
        if (numbers.All(number => number is not null))
        {
            bool isFromOne = names.Length == peers && numbers.Min() == 1 && numbers.Max() == peers;
            return (name, _) => (int)Math.Min(WholeNumber.In(name)!.Value - (isFromOne ? 1 : 0), int.MaxValue);
        }

        if (numbers.Any(number => number is not null) || names.Length != peers)
            return (name, line) => (int?)WholeNumber.In(name) ?? throw new ScenarioException(
                Place(graph.Source.Name, line), $"found {PrintableText.Quote(name)}, allowed are the numbers of "
                    + "peers, from 0 to "
                + $"{peers - 1}, or as many names as peers, {peers} (found {names.Length})");
        Dictionary<string, int> places = names.Order(NaturalOrder.Instance).Index()
            .ToDictionary(place => place.Item, place => place.Index);
        return (name, _) => places[name];
    }

    private static Origin Place(string source, int line) => new(source, line, 1);
}
