using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Invariants;

/// <summary>An event as a breach refers to it.</summary>
/// <param name="Seq">Its number in the event log.</param>
internal sealed record Happening(long Seq, EventKind Kind, NodeAddress Node, NodeAddress About)
{
    public string InWords()
    {
        var where = Node.IsNone ? "" : $" at {Node}";
        var whom = About.IsNone ? "" : $" about {About}";
        return string.Create(
            CultureInfo.InvariantCulture, $"event {Seq}, {ScenarioJson.WordOf(Kind)}{where}{whom}");
    }
}
