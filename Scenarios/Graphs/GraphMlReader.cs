using System.Xml;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Nodes and edges of a GraphML file, such as a run's overlay.graphml; directions are dropped.</summary>
internal static class GraphMlReader
{
    /// <exception cref="UsageException">It is no GraphML; the line is named.</exception>
    public static NamedGraph Read(Stream stream, string displayName)
    {
        var graph = new NamedGraph.Builder();
        bool isGraph = false;
        try
        {
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "node") graph.Node(Attribute(xml, "id", displayName));
                else if (xml.LocalName == "edge") graph.Edge(End(xml, "source"), End(xml, "target"));
                else isGraph |= xml.LocalName == "graphml";
            }
        }
        catch (XmlException broken)
        {
            throw new UsageException($"{displayName}:{broken.LineNumber}: broken XML: {broken.Message}");
        }

        return isGraph
            ? graph.Build()
            : throw new UsageException($"{displayName}: XML, but no GraphML; allowed are edge lists and GraphML");

        int End(XmlReader edge, string name) => graph.Node(Attribute(edge, name, displayName));
    }

    private static string Attribute(XmlReader element, string name, string displayName)
    {
        int line = (element as IXmlLineInfo)?.LineNumber ?? 0;
        return element.GetAttribute(name) is { Length: > 0 } value
            ? value
            : throw new UsageException($"{displayName}:{line}: <{element.LocalName}> without {name}");
    }
}
