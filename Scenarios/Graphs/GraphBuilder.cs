using System.Globalization;
using System.Runtime.InteropServices;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Collects the nodes and edges of one file by name, and what there is to say about it.</summary>
internal sealed class GraphBuilder(InputSource source, GraphLimits limits)
{
    private const int LongestName = 256;

    /// <summary>More digits than that are a name like any other.</summary>
    private const int MostDigits = 18;

    private readonly Dictionary<long, int> byNumber = [];
    private readonly Dictionary<string, int> byWord = new(StringComparer.Ordinal);
    private readonly List<(int A, int B)> edges = [];
    private readonly List<int>? lines;
    private readonly List<string> notes = [];

    /// <summary>A builder that remembers the line of each edge, for messages about single edges.</summary>
    public static GraphBuilder WithLines(InputSource source, GraphLimits limits) => new(source, limits, []);

    private GraphBuilder(InputSource source, GraphLimits limits, List<int> lines)
        : this(source, limits) => this.lines = lines;

    public GraphLimits Limits => limits;

    public InputSource Source => source;

    public int Nodes => byNumber.Count + byWord.Count;

    public int Edges => edges.Count;

    /// <summary>What the file was taken for, such as "GraphML".</summary>
    public string ReadAs { get; set; } = "";

    /// <summary>Adds a sentence for the user; the same one only once.</summary>
    public void Note(string sentence)
    {
        if (!notes.Contains(sentence)) notes.Add(sentence);
    }

    /// <summary>The exception that names the file and the line.</summary>
    /// <param name="line">From 1; 0 for the whole file.</param>
    public ScenarioException Wrong(int line, string problem) => source.Wrong(line, problem);

    /// <summary>The id of the node of that name, which is new or known.</summary>
    /// <exception cref="ScenarioException">It cannot be a name, or there are too many.</exception>
    public int Node(ReadOnlySpan<char> name, int line)
    {
        if (IsNumber(name))
        {
            long number = long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);
            if (byNumber.TryGetValue(number, out int known)) return known;
            CheckRoom(line);
            byNumber.Add(number, byNumber.Count);
            return byNumber.Count - 1;
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            byWord.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out int found)) return found;
        if (ProblemWith(name) is { } problem)
            throw Wrong(line, $"found {PrintableText.Quote(name)}: {problem}");
        CheckRoom(line);
        return lookup[name] = ~byWord.Count;
    }

    /// <summary>Adds an edge between two ids that <see cref="Node"/> gave.</summary>
    public void Edge(int a, int b, int line)
    {
        if (edges.Count == limits.MostEdges)
            throw Wrong(line, $"there are more edges than the {limits.MostEdges} that are allowed");
        edges.Add((a, b));
        lines?.Add(line);
    }

    public void Edge(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int line) =>
        Edge(Node(a, line), Node(b, line), line);

    /// <summary>Every edge with the names of its ends and its line.</summary>
    public IEnumerable<(string A, string B, int Line)> NamedEdges()
    {
        string[] names = [.. byNumber.Keys.Select(TextOf), .. byWord.Keys];
        for (int i = 0; i < edges.Count; i++)
            yield return (names[Place(edges[i].A)], names[Place(edges[i].B)], lines?[i] ?? 0);
    }

    public IEnumerable<string> Names() => byNumber.Keys.Select(TextOf).Concat(byWord.Keys);

    public NamedGraph Build()
    {
        Span<(int A, int B)> ends = CollectionsMarshal.AsSpan(edges);
        if (byWord.Count == 0)
        {
            long[] numbers = [.. byNumber.Keys.Order()];
            int[] places = Places(numbers, number => byNumber[number], byNumber.Count);
            foreach (ref (int A, int B) edge in ends) edge = (places[edge.A], places[edge.B]);
            return Finish(ends, numbers, []);
        }

        string[] words = [.. Names().Order(StringComparer.Ordinal)];
        int[] placeOf = Places(words, IdOf, words.Length);
        foreach (ref (int A, int B) edge in ends) edge = (placeOf[Place(edge.A)], placeOf[Place(edge.B)]);
        return Finish(ends, [], words);
    }

    private NamedGraph Finish(Span<(int A, int B)> ends, long[] numbers, string[] words) =>
        new(Graph.Of(Nodes, ends), numbers, words) { ReadAs = ReadAs, Notes = notes };

    private void CheckRoom(int line)
    {
        if (Nodes == limits.MostNodes)
            throw Wrong(line, $"there are more nodes than the {limits.MostNodes} that are allowed");
    }

    private int IdOf(string word) => byWord.TryGetValue(word, out int found)
        ? Place(found)
        : byNumber[long.Parse(word, CultureInfo.InvariantCulture)];

    /// <summary>Ids of numbers count upwards from 0, those of words downwards from -1; words come behind.</summary>
    private int Place(int id) => id < 0 ? byNumber.Count + ~id : id;

    private static int[] Places<T>(T[] sorted, Func<T, int> idOf, int count)
    {
        var places = new int[count];
        for (int place = 0; place < sorted.Length; place++) places[idOf(sorted[place])] = place;
        return places;
    }

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Written as it would be printed: 07 is another name than 7.</summary>
    private static bool IsNumber(ReadOnlySpan<char> name) => name.Length is > 0 and <= MostDigits
        && !name.ContainsAnyExceptInRange('0', '9') && (name[0] != '0' || name.Length == 1);

    private static string? ProblemWith(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return "a name is empty";
        if (name.Length > LongestName) return $"a name is longer than {LongestName} characters";
        foreach (char letter in name)
        {
            if (letter == '\uFFFD') return "a character is not UTF-8; save the file as UTF-8";
            if (PrintableText.IsUnprintable(letter)) return "a name holds a control character";
        }

        return null;
    }
}
