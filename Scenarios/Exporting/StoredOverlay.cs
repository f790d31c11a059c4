using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Exporting;

/// <summary>The overlay at the end as the run wrote it, for runs whose event log does not have everything.</summary>
internal static class StoredOverlay
{
    /// <exception cref="UsageException">The file is not what a run writes.</exception>
    public static ExportedOverlay Read(string path, string description)
    {
        var file = Path.GetFileName(path);
        try
        {
            var graph = XDocument.Load(path).Root?.Elements().SingleOrDefault(each => each.Name.LocalName == "graph")
                ?? throw new UsageException($"{file}: there is no graph in it");
            List<ExportedPeer> peers = [.. Named(graph, "node").Select(Peer)];
            var places = peers.Select((peer, place) => (peer.Address, place))
                .ToDictionary(peer => peer.Address, peer => peer.place);
            return new ExportedOverlay
            {
                Description = description,
                Peers = peers,
                Links = [.. Named(graph, "edge").Select(edge => new ExportedLink(
                    places[Text(edge, "source")], places[Text(edge, "target")], IsLive: true, []))],
            };
        }
        catch (Exception wrong) when (wrong is XmlException or KeyNotFoundException or FormatException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {wrong.Message}");
        }
    }

    private static ExportedPeer Peer(XElement node)
    {
        var values = Named(node, "data").ToDictionary(data => Text(data, "key"), data => data.Value);
        return new ExportedPeer
        {
            Address = Text(node, "id"),
            Degree = int.Parse(values["degree"], CultureInfo.InvariantCulture),
            Epoch = int.Parse(values["epoch"], CultureInfo.InvariantCulture),
        };
    }

    private static IEnumerable<XElement> Named(XElement parent, string name) =>
        parent.Elements().Where(each => each.Name.LocalName == name);

    private static string Text(XElement element, string attribute) =>
        element.Attribute(attribute)?.Value
        ?? throw new FormatException($"<{element.Name.LocalName}> without {attribute}");
}
