using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>What one live peer holds, every peer that was live, registered and linked all the time has got.</summary>
internal sealed class GossipReachesLiveComponent(TimeSpan patience) : Invariant("gossipReachesLiveComponent")
{
    public override bool NeedsQuiet => true;

    public override void AtQuiet(RunRecord world, Instant now)
    {
        var meter = new CoverageMeter(world, EndOverlay.Of(world));
        foreach (var message in world.Gossip.Messages)
        {
            // What was published a moment ago is still on its way.
            if (message.PublishedAt is not { } published || now - published < patience) continue;
            if (meter.Measure(message, []).Coverage is not { } coverage || coverage >= 1) continue;
            var missing = Missing(world, message, published);
            Violate(
                $"message {message.Id} reached a share of {coverage:F4} of the peers that could have it, "
                    + $"not {string.Join(", ", missing)}",
                now, missing);
        }
    }

    private static NodeAddress[] Missing(RunRecord world, MessageRecord message, Instant published)
    {
        var reached = new HashSet<int> { message.Origin };
        foreach (ref readonly var receipt in message.Receipts) reached.Add(receipt.Node);
        return [.. world.Nodes.All
            .Where(node => node.IsLivePeer && node.IsEligibleSince(published) && !reached.Contains(node.Index))
            .Select(node => node.Address).Order().Take(8)];
    }
}
