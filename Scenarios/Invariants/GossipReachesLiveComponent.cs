using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>What one live peer holds, every peer that was live, registered and linked all the time has got.</summary>
internal sealed class GossipReachesLiveComponent(TimeSpan patience) : Invariant("gossipReachesLiveComponent")
{
    public override bool NeedsQuiet => true;

    public override Assumption Assumes => Assumption.HonestPeers | Assumption.LinksLikeTcp;

    private int judged;
    private bool isPending;

    public override bool IsPending => isPending;

    public override void AtQuiet(RunRecord world, Instant now)
    {
        isPending = false;
        CoverageMeter? meter = null;
        for (; judged < world.Gossip.Messages.Count; judged++)
        {
            var message = world.Gossip.Messages[judged];
            if (message.PublishedAt is not { } published) continue;
            // What was published a moment ago is still on its way, and so is what came after it.
            isPending = now - published < patience;
            if (isPending) return;
            meter ??= new CoverageMeter(world, EndOverlay.Of(world));
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
