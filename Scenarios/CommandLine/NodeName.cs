using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Prompting;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>A node as users name it: <c>ip:port</c>, or the port alone where only one node has it.</summary>
/// <param name="Owner">Whose nodes they are, as in "this run".</param>
/// <param name="Nodes">All of them; each may be there several times.</param>
internal sealed record NodeName(string Owner, IEnumerable<NodeAddress> Nodes)
{
    /// <summary>Candidates that a message names.</summary>
    private const int MostNamed = 5;

    /// <param name="place">What begins a message, as in <c>--peer: </c>; nothing where it is clear.</param>
    /// <exception cref="UsageException">There is no such node, or there are several.</exception>
    public NodeAddress Find(string asked, string place = "")
    {
        if (asked.Length > 0 && asked.All(char.IsAsciiDigit)) return AtPort(asked, place);
        if (!NodeAddress.TryParse(asked, out var address))
        {
            throw new UsageException(
                $"{place}found \"{TypedText.Shown(asked)}\", allowed is ip:port as in 127.0.0.1:7000, or a port alone");
        }

        if (Nodes.Contains(address)) return address;
        throw new UsageException(
            $"{place}no node {asked} in {Owner}{Suggestion.DidYouMean(asked, Nodes.Select(node => node.ToString()))}");
    }

    private NodeAddress AtPort(string asked, string place)
    {
        var port = NetworkFileReader.ReadPort(asked, $"{place}port");
        NodeAddress[] found = [.. Nodes.Where(node => node.Port == port).Distinct()];
        return found switch
        {
            [var one] => one,
            [] => throw new UsageException($"{place}no node of {Owner} has the port {port}"),
            _ => throw new UsageException($"{place}{Listed(found)} have the port {port}; write ip:port"),
        };
    }

    private static string Listed(NodeAddress[] found) => found.Length > MostNamed
        ? $"{string.Join(", ", found.Take(MostNamed))} and {found.Length - MostNamed} others"
        : $"{string.Join(", ", found[..^1])} and {found[^1]}";
}
