using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads JSON with a list of nodes, and a list of links or edges between their ids, as networkx and d3 write it.
/// </summary>
internal sealed class NodeLinkReader
{
    private const int MostCharacters = 128 << 20;
    private const int DeepestValue = 64;

    private readonly GraphBuilder graph;
    private readonly NumberedNodes nodes;

    private NodeLinkReader(GraphBuilder graph) => (this.graph, nodes) = (graph, new NumberedNodes(graph));

    public static void Read(TextReader text, GraphBuilder graph)
    {
        string all = ReadAll(text, graph);
        try
        {
            using JsonDocument json = JsonDocument.Parse(all, new JsonDocumentOptions { MaxDepth = DeepestValue });
            new NodeLinkReader(graph).Read(json.RootElement);
        }
        catch (JsonException broken)
        {
            throw graph.Wrong(
                (int)(broken.LineNumber ?? 0) + 1, $"broken JSON at byte {broken.BytePositionInLine + 1} of the line");
        }
    }

    private void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || ListIn(root, "nodes") is not { } listed
            || (ListIn(root, "links") ?? ListIn(root, "edges")) is not { } links)
        {
            throw graph.Wrong(
                1, "found JSON, of which an object is read with a list \"nodes\" (each with id) and a list \"links\" "
                    + "or "
                + "\"edges\" (each with source and target)");
        }

        foreach (JsonElement node in listed.EnumerateArray()) nodes.Add(ValueOf(node, "id"), label: null, line: 0);
        nodes.Finish();
        foreach (JsonElement link in links.EnumerateArray())
            graph.Edge(nodes.Node(ValueOf(link, "source"), 0), nodes.Node(ValueOf(link, "target"), 0), line: 0);
        graph.ReadAs = "JSON (node-link)";
        if (root.TryGetProperty("directed", out JsonElement directed) && directed.ValueKind == JsonValueKind.True)
            graph.Note("Directions of edges were not read.");
    }

    private static JsonElement? ListIn(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list : null;

    private string ValueOf(JsonElement element, string name)
    {
        bool isThere = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);
        JsonElement value = isThere ? element.GetProperty(name) : default;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw graph.Wrong(0, string.Create(
                CultureInfo.InvariantCulture,
                $"{PrintableText.Quote(element.GetRawText())} has no {name} that is a text or a number")),
        };
    }

    private static string ReadAll(TextReader text, GraphBuilder graph)
    {
        var all = new StringBuilder();
        var block = new char[1 << 16];
        for (int count; (count = text.Read(block)) > 0;)
        {
            if (all.Length + count > MostCharacters)
                throw graph.Wrong(0, $"there are more than the {MostCharacters} characters that are allowed in JSON");
            all.Append(block, 0, count);
        }

        return all.ToString();
    }
}
