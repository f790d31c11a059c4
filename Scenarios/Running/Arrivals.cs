using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>Addresses kept for peers that start later: behind those of the beginning, in file order.</summary>
internal sealed class Arrivals
{
    private readonly Dictionary<string, NodeAddress[]> places = [];

    public Arrivals(Scenario scenario, ProtocolSettings settings)
    {
        var next = settings.Plan.SeedNodes + settings.InitialPeers;
        foreach (var fault in scenario.Faults)
        {
            var count = fault switch
            {
                ScheduledJoin join => join.Count,
                ScheduledSybil sybil => sybil.Count,
                _ => 0,
            };
            if (count == 0) continue;
            places[fault.Id] = [.. Enumerable.Range(next, count).Select(index => settings.Plan[index])];
            next += count;
        }
    }

    public NodeAddress[] Of(ScheduledFault fault) => places[fault.Id];
}
