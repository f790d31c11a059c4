using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Tests.Engine;

/// <summary>Cuts in few words.</summary>
internal static class CutLinks
{
    public static Impairment Between(params IReadOnlyCollection<NodeAddress>[] groups) =>
        new(new BetweenGroups(groups)) { Cuts = true };

    public static Impairment OneWay(NodeAddress from, NodeAddress to) =>
        new(new FromTo([from], [to], OneWay: true)) { Cuts = true };
}
