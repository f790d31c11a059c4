using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Nodes described by what they are when a fault strikes, not by name: exactly one of <see cref="Pick"/>,
/// <see cref="Group"/>, <see cref="Index"/>, <see cref="Address"/> and <see cref="Fault"/> is set.
/// </summary>
internal sealed record NodeSelector
{
    [Description("What the nodes are.")]
    public NodeRole Role { get; init; } = NodeRole.Peer;

    [Description("How nodes are chosen among the live ones of that role.")]
    public NodePick? Pick { get; init; }

    [Description("How many to pick. Default: 1, if there is no fraction.")]
    [Range(1, 1_000_000)]
    public int? Count { get; init; }

    [Description("Which share of them to pick, instead of a count; above 0 at least one.")]
    [Range(0, 1)]
    public double? Fraction { get; init; }

    [Description("The nodes with these places in starting order, from 0.")]
    [Range(0, 999_999)]
    [Length(1, 10_000)]
    public IReadOnlyList<int>? Index { get; init; }

    [Description("The node with this address, as ip:port.")]
    [RegularExpression(NodePlaces.AddressPattern, ErrorMessage = NodePlaces.AddressWords)]
    public string? Address { get; init; }

    [Description("The nodes that the fault with this id struck.")]
    public string? Fault { get; init; }

    [Description("The nodes of the group with this name (groups).")]
    public string? Group { get; init; }
}

internal enum NodeRole
{
    Peer,
    Seed,
}

internal enum NodePick
{
    HighestDegree,
    Random,

    /// <summary>Peers without which the overlay of that moment falls apart; who cuts off most comes first.</summary>
    ArticulationPoint,

    /// <summary>All that this fault does not name elsewhere.</summary>
    Rest,
}
