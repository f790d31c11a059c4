using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// The promise of push-pull averaging: what one end of an exchange gains the other loses. It holds under all faults,
/// because an exchange that is cut short has one half only.
/// </summary>
public sealed class MassConserved() : OwnInvariant("massConserved")
{
    /// <summary>Sums of doubles up to a million are exact to a ten-thousandth of this.</summary>
    private const double Rounding = 1e-6;

    private readonly Dictionary<(NodeAddress, long), (NodeAddress Node, double Gain)> halves = [];

    /// <summary>Reported by each end: what an exchange did to its estimate.</summary>
    public sealed record Half(NodeAddress Initiator, long Begun, double Gain = 0);

    public override void Observe(ProtocolWorld world, NodeAddress node, in ProtocolEvent e)
    {
        if (e.Detail is not Half half) return;
        var exchange = (half.Initiator, half.Begun);
        if (!halves.Remove(exchange, out var other)) halves.Add(exchange, (node, half.Gain));
        else if (Math.Abs(other.Gain + half.Gain) > Rounding)
            Violate(string.Create(CultureInfo.InvariantCulture,
                $"the exchange of {node} and {other.Node} made {other.Gain + half.Gain} of nothing"), node, other.Node);
    }
}
