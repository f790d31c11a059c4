using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The members that each node tried to link with since it last got a link. A node that tries the same members again,
/// as when all members of its list are dead, is logged once and not at each try.
/// </summary>
internal sealed class FruitlessSelections
{
    private sealed class Tried
    {
        public HashSet<NodeAddress> Members { get; } = [];

        public bool IsTold { get; set; }
    }

    private readonly Dictionary<NodeAddress, Tried> nodes = [];

    /// <summary>The node has a new link, or is another process.</summary>
    public void Forget(NodeAddress node) => nodes.Remove(node);

    /// <returns>The line of a selection as it stands, or what there is to say instead, if anything.</returns>
    public LogLine? Judge(NodeAddress node, NodeAddress[] selected, LogLine asItStands)
    {
        if (!nodes.TryGetValue(node, out var tried)) nodes.Add(node, tried = new Tried());
        var before = tried.Members.Count;
        tried.Members.UnionWith(selected);
        if (tried.Members.Count > before) return asItStands;
        if (tried.IsTold) return null;
        tried.IsTold = true;
        var members = tried.Members.Count == 1 ? "The only member tried" : $"None of the {before} members tried";
        var not = tried.Members.Count == 1 ? "has not accepted" : "has accepted";
        return new LogLine(
            LogLevel.Warning, $"{members} {not} a link: no answer, or a refusal; trying again with growing pauses");
    }
}
