using System.Xml;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads nodes and edges of GraphML, such as a run's overlay.graphml, and of GEXF. A DOCTYPE is skipped: what it
/// declares is not used, and no other file is opened. Directions are dropped.
/// </summary>
internal sealed class XmlGraphReader
{
    private readonly GraphBuilder graph;
    private readonly XmlReader xml;
    private int graphs;
    private int openNodes;

    private XmlGraphReader(XmlReader xml, GraphBuilder graph) => (this.xml, this.graph) = (xml, graph);

    public static void Read(TextReader text, GraphBuilder graph)
    {
        using var xml = XmlReader.Create(text, Settings(graph));
        Read(xml, graph);
    }

    /// <summary>The encoding is that of the XML declaration.</summary>
    public static void Read(Stream stream, GraphBuilder graph)
    {
        using var xml = XmlReader.Create(stream, Settings(graph));
        Read(xml, graph);
    }

    private static XmlReaderSettings Settings(GraphBuilder graph) => new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = graph.Limits.MostBytes,
    };

    private static void Read(XmlReader xml, GraphBuilder graph)
    {
        try
        {
            new XmlGraphReader(xml, graph).Read();
        }
        catch (XmlException broken)
        {
            throw graph.Wrong(broken.LineNumber, $"broken XML: {PrintableText.Of(broken.Message)}");
        }
    }

    private int Line => (xml as IXmlLineInfo)?.LineNumber ?? 0;

    private void Read()
    {
        xml.MoveToContent();
        graph.ReadAs = xml.LocalName switch
        {
            "graphml" => "GraphML",
            "gexf" => "GEXF",
            _ => throw graph.Wrong(
                Line, $"XML, but no GraphML or GEXF: its root is <{PrintableText.Of(xml.LocalName)}>"),
        };
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
                ReadElement();
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "node")
                openNodes--;
        }
    }

    private void ReadElement()
    {
        switch (xml.LocalName)
        {
            case "graph":
                ReadGraph();
                break;
            case "node":
                graph.Node(Attribute("id"), Line);
                if (!xml.IsEmptyElement) openNodes++;
                break;
            case "edge":
                graph.Edge(Attribute("source"), Attribute("target"), Line);
                NoteWeight(xml.GetAttribute("weight"));
                break;
            case "hyperedge":
                throw graph.Wrong(Line, "found a <hyperedge>, which joins more than two nodes; allowed are edges");
            case "key" when xml.GetAttribute("for") == "edge":
                NoteWeight(xml.GetAttribute("attr.name") == "weight" ? "weight" : null);
                break;
        }
    }

    private void ReadGraph()
    {
        if (openNodes > 0) throw graph.Wrong(Line, "found a <graph> within a <node>; allowed is one graph a file");
        if (++graphs > 1) throw graph.Wrong(Line, "found a second <graph>; allowed is one graph a file");
        if ((xml.GetAttribute("edgedefault") ?? xml.GetAttribute("defaultedgetype")) == "directed")
            graph.Note("Directions of edges were not read.");
        if (xml.GetAttribute("mode") == "dynamic")
            graph.Note("The graph changes with time: these are all nodes and edges that were ever there.");
    }

    private void NoteWeight(string? weight)
    {
        if (weight is not null) graph.Note("Weights of edges were not read.");
    }

    private string Attribute(string name) => xml.GetAttribute(name) is { Length: > 0 } value
        ? value
        : throw graph.Wrong(Line, $"<{xml.LocalName}> without {name}");
}
