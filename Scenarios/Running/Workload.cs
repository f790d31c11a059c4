using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>Who publishes, and when each begins.</summary>
internal static class Workload
{
    /// <summary>
    /// Publishers drawn among the peers of the beginning; each begins at a uniform offset within the interval, after
    /// the warm-up (DESIGN section 3). In scenario time.
    /// </summary>
    public static IEnumerable<(NodeAddress Publisher, TimeSpan After)> Of(Scenario scenario, ProtocolSettings settings)
    {
        var random = Streams.OfWorkload(scenario.RandomSeed);
        var plan = settings.Plan;
        var peers = Enumerable.Range(plan.SeedNodes, settings.InitialPeers).Select(index => plan[index]).ToArray();
        random.Shuffle<NodeAddress>(peers);
        var interval = TimeSpan.FromMilliseconds(scenario.Gossip.IntervalMs);
        var warmup = TimeSpan.FromSeconds(scenario.Phases.WarmupSeconds);
        foreach (var publisher in peers.Take(scenario.Gossip.Publishers.Count))
            yield return (publisher, warmup + random.NextTimeSpan(interval));
    }
}
