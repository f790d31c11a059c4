namespace GossipSim.Scenarios.Exporting;

/// <summary>The overlay at the end for Graphviz, and as tables.</summary>
internal static class TextGraphs
{
    public static void WriteDot(TextWriter output, ExportedOverlay overlay)
    {
        var columns = PeerColumn.UsedBy(overlay.Peers);
        output.Write($"graph overlay {{\n  // {overlay.Description}\n");
        foreach (var peer in overlay.Peers)
        {
            var values = columns.Where(column => column.Of(peer) is not null)
                .Select(column => $"{column.Name}=\"{column.Of(peer)}\"");
            output.Write($"  \"{peer.Address}\" [{string.Join(", ", values)}];\n");
        }

        foreach (var link in overlay.Links)
        {
            var since = PeerColumn.Text(link.SinceSeconds) is { } seconds ? $" [sinceSeconds=\"{seconds}\"]" : "";
            output.Write($"  \"{overlay.Peers[link.A].Address}\" -- \"{overlay.Peers[link.B].Address}\"{since};\n");
        }

        output.Write("}\n");
    }

    /// <summary>One row a link, under the headings that Gephi looks for.</summary>
    public static void WriteLinks(TextWriter output, ExportedOverlay overlay)
    {
        output.Write("Source,Target,Type,sinceSeconds\n");
        foreach (var link in overlay.Links)
            output.Write($"{overlay.Peers[link.A].Address},{overlay.Peers[link.B].Address},Undirected,"
                + $"{PeerColumn.Text(link.SinceSeconds)}\n");
    }

    /// <summary>One row a peer; those without a link are in no other table.</summary>
    public static void WritePeers(TextWriter output, ExportedOverlay overlay)
    {
        var columns = PeerColumn.UsedBy(overlay.Peers);
        output.Write($"Id,Label,{string.Join(",", columns.Select(column => column.Name))}\n");
        foreach (var peer in overlay.Peers)
        {
            var values = columns.Select(column => column.Of(peer));
            output.Write($"{peer.Address},{peer.Address},{string.Join(",", values)}\n");
        }
    }
}
