using System.Globalization;
using System.Text;
using System.Xml;

namespace GossipSim.Scenarios.Results;

/// <summary>The overlay of the live peers at the end, as GraphML (graphml.graphdrawing.org).</summary>
internal static class GraphMlFile
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    public static void Write(Stream output, EndOverlay overlay)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using var xml = XmlWriter.Create(output, settings);
        xml.WriteStartElement("graphml", Namespace);
        WriteKey(xml, "degree", "int");
        WriteKey(xml, "epoch", "int");
        xml.WriteStartElement("graph");
        xml.WriteAttributeString("id", "overlay");
        xml.WriteAttributeString("edgedefault", "undirected");
        for (var i = 0; i < overlay.Peers.Count; i++)
        {
            xml.WriteStartElement("node");
            xml.WriteAttributeString("id", overlay.Peers[i].Address.ToString());
            WriteValue(xml, "degree", overlay.Degrees[i]);
            WriteValue(xml, "epoch", overlay.Peers[i].Epoch);
            xml.WriteEndElement();
        }

        foreach (var (a, b) in overlay.Edges)
        {
            xml.WriteStartElement("edge");
            xml.WriteAttributeString("source", overlay.Peers[a].Address.ToString());
            xml.WriteAttributeString("target", overlay.Peers[b].Address.ToString());
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteKey(XmlWriter xml, string name, string type)
    {
        xml.WriteStartElement("key");
        xml.WriteAttributeString("id", name);
        xml.WriteAttributeString("for", "node");
        xml.WriteAttributeString("attr.name", name);
        xml.WriteAttributeString("attr.type", type);
        xml.WriteEndElement();
    }

    private static void WriteValue(XmlWriter xml, string key, int value)
    {
        xml.WriteStartElement("data");
        xml.WriteAttributeString("key", key);
        xml.WriteString(value.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }
}
