using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>What one live peer holds, every peer that was live, registered and linked all the time has got.</summary>
internal sealed class GossipReachesLiveComponent(TimeSpan patience) : Invariant("gossipReachesLiveComponent")
{
    public override void AtQuiet(RunRecord world, Instant now)
    {
        var meter = new CoverageMeter(world, EndOverlay.Of(world));
        foreach (var message in world.Gossip.Messages)
        {
            // What was published a moment ago is still on its way.
            if (message.PublishedAt is not { } published || now - published < patience) continue;
            if (meter.Measure(message, []).Coverage is { } coverage && coverage < 1)
                Violate($"message {message.Id} reached a share of {coverage:F4} of the peers that could have it", now, message.Key.Origin);
        }
    }
}
