using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// A strike that a fault leaves out. Whom it would have struck is drawn all the same, so that what comes later strikes
/// whom it would have struck without this.
/// </summary>
internal sealed record SparedStrike
{
    [Description("Which strike of the fault, from 1.")]
    [Range(1, 1_000_000_000)]
    public required int Strike { get; init; }

    [Description("The only node that it spares, as ip:port. Default: everybody.")]
    [RegularExpression(NodePlaces.AddressPattern, ErrorMessage = NodePlaces.AddressWords)]
    public string? Address { get; init; }
}
