using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>The lines of <c>outputfile.txt</c>, and questions to them.</summary>
internal sealed class LogText(IReadOnlyList<string> lines)
{
    public IReadOnlyList<string> Lines => lines;

    public int Count(string pattern) => lines.Count(line => Regex.IsMatch(line, pattern));

    /// <summary>The lines of one node, in their order.</summary>
    public LogText OfSeedNode(NodeAddress node) => Of($"[SEED:{node.Port}]");

    public LogText OfPeer(NodeAddress node) => Of($"[PEER:{node.Port}]");

    /// <summary>How often a peer says that it received that message.</summary>
    public int Receipts(NodeAddress peer, string id) =>
        OfPeer(peer).Lines.Count(line => line.Contains("Gossip received [", StringComparison.Ordinal)
            && line.Contains($"msg={id},", StringComparison.Ordinal));

    /// <summary>The place of the first line from a place on that matches; -1 when there is none.</summary>
    public int Find(string pattern, int from = 0)
    {
        for (var place = from; place < lines.Count; place++)
            if (Regex.IsMatch(lines[place], pattern)) return place;
        return -1;
    }

    /// <returns>The first of the patterns that no line matches behind the lines of those before it; null: all are
    /// there in this order.</returns>
    public string? FirstOutOfOrder(params string[] patterns)
    {
        var place = 0;
        foreach (var pattern in patterns)
        {
            place = Find(pattern, place) + 1;
            if (place == 0) return pattern;
        }

        return null;
    }

    private LogText Of(string name) =>
        new([.. lines.Where(line => line.Contains(name, StringComparison.Ordinal))]);
}
