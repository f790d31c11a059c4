using System.Globalization;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// A graph that was read, with the names of its nodes: in the order of the numbers where all names are numbers, else
/// in the order of their characters, wherever in the file they come first.
/// </summary>
internal sealed class NamedGraph
{
    private readonly long[] numbers;
    private readonly string[] words;

    private NamedGraph(Graph graph, long[] numbers, string[] words) =>
        (Graph, this.numbers, this.words) = (graph, numbers, words);

    public Graph Graph { get; }

    /// <summary>Lines with more than two columns; what follows the second one is not read.</summary>
    public int LinesWithMore { get; private init; }

    public string NameOf(int node) =>
        words.Length == 0 ? numbers[node].ToString(CultureInfo.InvariantCulture) : words[node];

    /// <summary>Collects nodes and edges by name.</summary>
    internal sealed class Builder
    {
        /// <summary>More digits than that are a name like any other.</summary>
        private const int MostDigits = 18;

        private readonly Dictionary<long, int> byNumber = [];
        private readonly Dictionary<string, int> byWord = new(StringComparer.Ordinal);
        private readonly List<(int A, int B)> edges = [];

        public int Nodes => byNumber.Count + byWord.Count;

        public int Edges => edges.Count;

        public int LinesWithMore { get; set; }

        /// <summary>Numbers are counted upwards, words downwards from -1.</summary>
        public int Node(ReadOnlySpan<char> name)
        {
            if (IsNumber(name))
            {
                long number = long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);
                if (!byNumber.TryGetValue(number, out int known)) byNumber.Add(number, known = byNumber.Count);
                return known;
            }

            Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
                byWord.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(name, out int found)) lookup[name] = found = ~byWord.Count;
            return found;
        }

        public void Edge(int a, int b) => edges.Add((a, b));

        public NamedGraph Build()
        {
            var ends = new (int A, int B)[edges.Count];
            if (byWord.Count == 0)
            {
                long[] numbers = [.. byNumber.Keys.Order()];
                int[] places = Places(numbers, number => byNumber[number], byNumber.Count);
                for (int i = 0; i < ends.Length; i++) ends[i] = (places[edges[i].A], places[edges[i].B]);
                return Finish(ends, numbers, []);
            }

            string[] words = [.. byWord.Keys.Concat(byNumber.Keys.Select(TextOf)).Order(StringComparer.Ordinal)];
            int[] placeOf = Places(words, IdOf, words.Length);
            for (int i = 0; i < ends.Length; i++)
                ends[i] = (placeOf[Place(edges[i].A)], placeOf[Place(edges[i].B)]);
            return Finish(ends, [], words);
        }

        private NamedGraph Finish((int A, int B)[] ends, long[] numbers, string[] words) =>
            new(Graph.Of(Nodes, ends), numbers, words) { LinesWithMore = LinesWithMore };

        private int IdOf(string word) => byWord.TryGetValue(word, out int found)
            ? Place(found)
            : byNumber[long.Parse(word, CultureInfo.InvariantCulture)];

        /// <summary>Words come behind the numbers.</summary>
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
    }
}
