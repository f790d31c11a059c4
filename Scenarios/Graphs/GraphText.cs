using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Tells the format of a graph from the beginning of its text, and has it read.</summary>
internal static class GraphText
{
    private const int BeginningCharacters = 1_000_000;

    private static readonly Regex pajek = Pattern(@"^([%#][^\n]*\n\s*)*\*[a-z]");

    private static readonly Regex dimacs = Pattern(@"^(c( [^\n]*)?\n\s*)*p +[a-z]+ +\d+ +\d+\s");

    private static readonly Regex dot = Pattern(
        @"^((//|#)[^\n]*\n\s*|/\*(.|\n)*?\*/\s*)*(strict\s+)?(di)?graph\s*(""[^""]*""|[^\s{\[""]+)?\s*\{");

    private static readonly Regex gml = Pattern(
        @"^(#[^\n]*\n\s*)*((creator|version|comment|directed|label)\s[^\n]*\n\s*)*graph\s*\[");

    /// <summary>Beginnings of formats that are not read, with their names.</summary>
    private static readonly (string Beginning, string Name)[] unread =
    [
        ("nodedef>", "GDF (GUESS)"), ("dl ", "DL (UCINET)"), ("(tlp ", "TLP (Tulip)"), ("LEDA.GRAPH", "LEDA"),
        ("*node data", "VNA (NetDraw)"), ("*tie data", "VNA (NetDraw)"), (">>graph6<<", "graph6"),
        (">>sparse6<<", "sparse6"), ("% bip", "a bipartite graph of KONECT, whose two sides have the same numbers"),
    ];

    /// <param name="ending">Of the file's name, such as .sif; empty for none.</param>
    public static void Read(TextReader text, string ending, GraphBuilder graph)
    {
        using var begun = new BegunText(text, BeginningCharacters);
        ReadOnlySpan<char> beginning = begun.Beginning.TrimStart();
        foreach (var (start, name) in unread)
        {
            if (beginning.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                throw graph.Wrong(1, $"this is {name}; read are {GraphFile.Allowed}");
        }

        if (ending is ".lgl") throw graph.Wrong(0, $"this is LGL; read are {GraphFile.Allowed}");
        if (beginning.StartsWith(MatrixMarketReader.Beginning, StringComparison.OrdinalIgnoreCase))
            MatrixMarketReader.Read(begun, graph);
        else if (beginning is ['<', ..])
            XmlGraphReader.Read(begun, graph);
        else if (beginning is ['{' or '[', ..])
            NodeLinkReader.Read(begun, graph);
        else if (pajek.IsMatch(beginning))
            PajekReader.Read(begun, graph);
        else if (dimacs.IsMatch(beginning))
            DimacsReader.Read(begun, graph);
        else if (dot.IsMatch(beginning))
            DotReader.Read(begun, graph);
        else if (gml.IsMatch(beginning))
            GmlReader.Read(begun, graph);
        else
            ListReader.Read(begun, ending, graph);
    }

    /// <summary>Linear in the text, whatever it holds.</summary>
    private static Regex Pattern(string pattern) => new(
        pattern, RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.NonBacktracking);
}
