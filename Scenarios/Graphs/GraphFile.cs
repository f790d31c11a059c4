using System.Text;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads a graph from a file or from stdin (-), plain or packed with gzip. The format is told by the beginning of the
/// text; the ending of the file's name decides only between kinds of lists.
/// </summary>
internal static class GraphFile
{
    public const string Stdin = "-";

    /// <summary>What messages say is read.</summary>
    public const string Allowed =
        "lists and tables of edges, adjacency lists and matrices, GraphML, GEXF, GML, Pajek, DIMACS, SIF, DOT, "
        + "Matrix Market and node-link JSON";

    /// <summary>First bytes of what is no text (of the formats' own documents).</summary>
    private static readonly (byte[] Magic, string Name)[] binaries =
    [
        ([(byte)'P', (byte)'K', 3, 4], "a zip archive, or a spreadsheet (save it as CSV)"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "packed with bzip2 (unpack it; gzip is read)"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "packed with xz (unpack it; gzip is read)"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstd (unpack it; gzip is read)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "a spreadsheet (save it as CSV)"),
        ([0x80, 4, 0x95], "a pickle of Python"),
    ];

    /// <exception cref="ScenarioException">It cannot be read, or something in it is wrong.</exception>
    public static NamedGraph Read(string path, string source)
    {
        var graph = new GraphBuilder(new InputSource(source), GraphLimits.Analysis);
        ReadInto(graph, path);
        return graph.Build();
    }

    /// <exception cref="ScenarioException">It cannot be read, or something in it is wrong.</exception>
    public static NamedGraph Read(Stream stream, string source)
    {
        var graph = new GraphBuilder(new InputSource(source), GraphLimits.Analysis);
        InputFile.Read(stream, graph.Source, graph.Limits.MostBytes, text => ReadPlain(graph, text, ending: ""));
        return graph.Build();
    }

    /// <exception cref="ScenarioException">It cannot be read, or something in it is wrong.</exception>
    public static void ReadInto(GraphBuilder graph, string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string ending = Path.GetExtension(name).ToLowerInvariant();
        InputFile.Read(path, graph.Source, graph.Limits.MostBytes, text => ReadPlain(graph, text, ending));
    }

    /// <summary>
    /// Whether XML in bytes says what they are. UTF-16 is no such answer: a program declared it and wrote UTF-8.
    /// </summary>
    private static bool DeclaresEncoding(byte[] first)
    {
        string declaration = Encoding.Latin1.GetString(first).Split("?>")[0];
        return declaration.StartsWith("<?xml", StringComparison.Ordinal)
            && declaration.Contains("encoding", StringComparison.Ordinal)
            && !declaration.Contains("utf-16", StringComparison.OrdinalIgnoreCase);
    }

    private static void ReadPlain(GraphBuilder graph, BegunStream text, string ending)
    {
        byte[] first = text.Beginning.ToArray();
        foreach (var (magic, name) in binaries)
            if (first.AsSpan().StartsWith(magic)) throw graph.Wrong(0, $"this is {name}; read are {Allowed}");
        bool hasMark = first is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (!hasMark && (first is [0, (byte)'<', ..] or [(byte)'<', 0, ..] || DeclaresEncoding(first)))
            XmlGraphReader.Read(text, graph);
        else if (!hasMark && first.Contains((byte)0))
            throw graph.Wrong(0, $"this is no text; read are {Allowed}");
        else
            GraphText.Read(new StreamReader(text, Encoding.UTF8), ending, graph);
        if (graph.Nodes == 0) throw graph.Wrong(0, "nothing to read: there is no node and no edge");
    }
}
