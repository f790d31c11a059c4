using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>Nodes begin to lie, for good.</summary>
internal sealed record ScheduledByzantine : NodeFault
{
    [Description("What they do from then on.")]
    public required ByzantineBehavior Behavior { get; init; }

    [Description("Whom falseDeadReport and forgeOrigin are about. Default: each liar chooses.")]
    public NodeSelector? Victim { get; init; }

    internal override bool CanEnd => false;
}

/// <summary>
/// One attacker with many names: peers that join, take what they get, pass nothing on, and find everybody dead.
/// </summary>
internal sealed record ScheduledSybil : ScheduledFault
{
    [Description("How many names.")]
    [Range(1, 1_000_000)]
    public required int Count { get; init; }

    [Description("How many of them join in a second. Default: all at once.")]
    [Range(0.001, 1_000_000)]
    public double? RatePerSecond { get; init; }

    internal override bool CanEnd => false;
}
