using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads a graph as text: the names of two linked nodes a line, with spaces, tabs or commas between them; a line with
/// one name is a node. Lines that begin with # or % are comments, and so is what follows a # with a space before it. A
/// first line <c>source,target</c> is a heading.
/// </summary>
internal static class EdgeListReader
{
    /// <summary>As many links as a hundred of the largest overlays have: our limit, for the memory.</summary>
    public const int MostEdges = 300_000_000;

    private const int LongestName = 256;

    /// <summary>Two names, and columns that are not read or a comment: our limit, since a device may have no line end.
    /// </summary>
    private const int LongestLine = 1 << 20;

    /// <summary>How much of a wrong line a message repeats.</summary>
    private const int LongestQuote = 40;

    private const string Gaps = " \t,;\r";

    /// <exception cref="UsageException">A line is wrong; it is named.</exception>
    public static NamedGraph Read(TextReader text, string displayName)
    {
        var graph = new NamedGraph.Builder();
        bool isFirst = true;
        var lines = new LimitedLines(text, LongestLine, displayName);
        while (lines.Next() is { } line)
        {
            ReadOnlySpan<char> rest = line.AsSpan().Trim(Gaps);
            if (rest.IsEmpty || rest[0] is '#' or '%') continue;
            ReadOnlySpan<char> one = Name(ref rest), other = Name(ref rest);
            if (isFirst && IsHeading(one, other))
            {
                isFirst = false;
                continue;
            }

            isFirst = false;
            if ((Problem(one) ?? Problem(other)) is { } problem)
                throw new UsageException(
                    $"{displayName}:{lines.Number}: found {Quote(line)}: {problem}; allowed is one edge a line: the "
                    + "names of two nodes with spaces, tabs or a comma between them");
            if (graph.Edges == MostEdges)
                throw new UsageException($"{displayName}:{lines.Number}: allowed are at most {MostEdges} edges");
            int node = graph.Node(one);
            if (other.IsEmpty) continue;
            graph.Edge(node, graph.Node(other));
            if (!rest.IsEmpty && rest[0] != '#') graph.LinesWithMore++;
        }

        return graph.Build();
    }

    /// <summary>Cuts the next name off; empty at the end and where a comment begins.</summary>
    private static ReadOnlySpan<char> Name(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] == '#') return [];
        int end = rest.IndexOfAny(Gaps);
        ReadOnlySpan<char> name = end < 0 ? rest : rest[..end];
        rest = rest[name.Length..].TrimStart(Gaps);
        return name;
    }

    private static bool IsHeading(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Equals("source", StringComparison.OrdinalIgnoreCase)
        && other.Equals("target", StringComparison.OrdinalIgnoreCase);

    private static string? Problem(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName) return $"a name is longer than {LongestName} characters";
        foreach (char letter in name)
        {
            if (char.IsControl(letter) || letter == '\uFFFD') return "this is no text";
            if (letter is '{' or '}' or '[' or ']' or '<' or '>' or '"') return $"{letter} cannot be part of a name";
        }

        return null;
    }

    private static string Quote(string line)
    {
        string start = line.Trim()[..Math.Min(line.Trim().Length, LongestQuote)];
        return $"\"{string.Concat(start.Select(letter => char.IsControl(letter) ? '?' : letter))}\"";
    }
}
