using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>Nodes that faults name together; who is in it is settled when the network has formed.</summary>
internal sealed record NodeGroup
{
    [Description("What faults call it.")]
    [RegularExpression(Scenario.NamePattern, ErrorMessage = Scenario.NameWords)]
    public required string Name { get; init; }

    [Description("Its nodes.")]
    [Length(1, 64)]
    public required IReadOnlyList<NodeSelector> Nodes { get; init; }
}
