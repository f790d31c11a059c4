using System.Globalization;
using System.Text;
using System.Xml;

namespace GossipSim.Scenarios.Exporting;

/// <summary>GraphML of the overlay at the end, and GEXF of the whole run.</summary>
internal static class XmlGraphs
{
    private const string GraphMl = "http://graphml.graphdrawing.org/xmlns";
    private const string Gexf = "http://gexf.net/1.3";

    private static readonly XmlWriterSettings settings =
        new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = false };

    public static void WriteGraphMl(TextWriter output, ExportedOverlay overlay)
    {
        using var xml = XmlWriter.Create(output, settings);
        var columns = PeerColumn.UsedBy(overlay.Peers);
        xml.WriteStartElement("graphml", GraphMl);
        foreach (var column in columns)
            Element(xml, "key", ("id", column.Name), ("for", "node"), ("attr.name", column.Name),
                ("attr.type", column.Type == "integer" ? "int" : column.Type));
        Element(xml, "key", ("id", "sinceSeconds"), ("for", "edge"), ("attr.name", "sinceSeconds"),
            ("attr.type", "double"));
        Start(xml, "graph", ("id", "overlay"), ("edgedefault", "undirected"));
        xml.WriteElementString("desc", overlay.Description);
        foreach (var peer in overlay.Peers)
        {
            Start(xml, "node", ("id", peer.Address));
            foreach (var column in columns) Data(xml, column.Name, column.Of(peer));
            xml.WriteEndElement();
        }

        foreach (var link in overlay.Links)
        {
            Start(xml, "edge", ("source", overlay.Peers[link.A].Address), ("target", overlay.Peers[link.B].Address));
            Data(xml, "sinceSeconds", PeerColumn.Text(link.SinceSeconds));
            xml.WriteEndElement();
        }

        xml.WriteEndDocument();
    }

    public static void WriteGexf(TextWriter output, ExportedOverlay overlay)
    {
        using var xml = XmlWriter.Create(output, settings);
        var span = overlay.Span ?? throw new ArgumentException("a single moment has no spells", nameof(overlay));
        xml.WriteStartElement("gexf", Gexf);
        xml.WriteAttributeString("version", "1.3");
        xml.WriteStartElement("meta");
        xml.WriteElementString("creator", "GossipSim");
        xml.WriteElementString("description", $"{overlay.Description}; times are seconds of scenario time");
        xml.WriteEndElement();
        Start(xml, "graph", ("mode", "dynamic"), ("defaultedgetype", "undirected"), ("timeformat", "double"),
            ("timerepresentation", "interval"), ("start", Text(span.Start)), ("end", Text(span.End!.Value)));
        var columns = PeerColumn.UsedBy(overlay.Peers);
        Start(xml, "attributes", ("class", "node"), ("mode", "static"));
        foreach (var column in columns)
            Element(xml, "attribute", ("id", column.Name), ("title", column.Name), ("type", column.Type));
        xml.WriteEndElement();
        xml.WriteStartElement("nodes");
        foreach (var peer in overlay.Peers) WritePeer(xml, peer, columns, span.End!.Value);
        xml.WriteEndElement();
        xml.WriteStartElement("edges");
        for (var i = 0; i < overlay.Links.Count; i++)
        {
            var link = overlay.Links[i];
            Start(xml, "edge", ("id", i.ToString(CultureInfo.InvariantCulture)),
                ("source", overlay.Peers[link.A].Address), ("target", overlay.Peers[link.B].Address));
            WriteSpells(xml, link.Spells, span.End!.Value);
            xml.WriteEndElement();
        }

        xml.WriteEndDocument();
    }

    private static void WritePeer(XmlWriter xml, ExportedPeer peer, List<PeerColumn> columns, double end)
    {
        Start(xml, "node", ("id", peer.Address), ("label", peer.Address));
        xml.WriteStartElement("attvalues");
        foreach (var column in columns)
            if (column.Of(peer) is { } value) Element(xml, "attvalue", ("for", column.Name), ("value", value));
        xml.WriteEndElement();
        WriteSpells(xml, peer.Spells, end);
        xml.WriteEndElement();
    }

    /// <summary>What lasts ends with the run: readers differ in what a missing end means.</summary>
    private static void WriteSpells(XmlWriter xml, IReadOnlyList<Spell> spells, double end)
    {
        xml.WriteStartElement("spells");
        foreach (var spell in spells)
            Element(xml, "spell", ("start", Text(spell.Start)), ("end", Text(spell.End ?? end)));
        xml.WriteEndElement();
    }

    private static void Data(XmlWriter xml, string key, string? value)
    {
        if (value is null) return;
        Start(xml, "data", ("key", key));
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(xml, name, attributes);
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
    }

    private static string Text(double value) => PeerColumn.Text<double>(value)!;
}
