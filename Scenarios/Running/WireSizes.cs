using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// How long messages are on the wire, so that a simulated bandwidth means what it means on TCP. Messages are shared by
/// all their recipients and immutable: each is measured once.
/// </summary>
internal sealed class WireSizes
{
    private readonly ConditionalWeakTable<Message, StrongBox<int>> known = [];

    /// <summary>In bytes, the line's end included; the number of hops changes it by a digit or so.</summary>
    public int Of(Message message) => known.GetValue(message, Measure).Value;

    private static StrongBox<int> Measure(Message message) => new(WireLength.Of(message));
}
