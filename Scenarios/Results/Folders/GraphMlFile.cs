using System.Globalization;
using System.Text;
using System.Xml;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The overlay of the live peers at the end, as GraphML (graphml.graphdrawing.org). Where logs follow a sample of the
/// peers it has these, all their links and the peers at the other ends; degrees are those in the whole overlay.
/// </summary>
internal static class GraphMlFile
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    public static void Write(Stream output, EndOverlay overlay, RunFacts facts)
    {
        var peers = overlay.Peers;
        var (isShown, isFollowed) = Choose(overlay, facts);
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using var xml = XmlWriter.Create(output, settings);
        xml.WriteStartElement("graphml", Namespace);
        WriteKey(xml, "degree", "int");
        WriteKey(xml, "epoch", "int");
        xml.WriteStartElement("graph");
        xml.WriteAttributeString("id", "overlay");
        xml.WriteAttributeString("edgedefault", "undirected");
        for (var i = 0; i < peers.Count; i++)
        {
            if (!isShown[i]) continue;
            xml.WriteStartElement("node");
            xml.WriteAttributeString("id", peers[i].Address.ToString());
            WriteValue(xml, "degree", overlay.Degrees[i]);
            WriteValue(xml, "epoch", peers[i].Epoch);
            xml.WriteEndElement();
        }

        foreach (var (a, b) in overlay.Edges)
        {
            if (!isFollowed[a] && !isFollowed[b]) continue;
            xml.WriteStartElement("edge");
            xml.WriteAttributeString("source", peers[a].Address.ToString());
            xml.WriteAttributeString("target", peers[b].Address.ToString());
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>By place among the live peers: who is a node of the graph, and whose links are its edges.</summary>
    private static (bool[] IsShown, bool[] IsFollowed) Choose(EndOverlay overlay, RunFacts facts)
    {
        var sample = facts.LoggedPeers is { } logged ? new PeerSample(logged, facts.MostPeers) : null;
        bool[] isFollowed = [.. overlay.Peers.Select(peer => sample is null || sample.Has(peer.Address))];
        var isShown = (bool[])isFollowed.Clone();
        foreach (var (a, b) in overlay.Edges)
        {
            isShown[a] |= isFollowed[b];
            isShown[b] |= isFollowed[a];
        }

        return (isShown, isFollowed);
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
