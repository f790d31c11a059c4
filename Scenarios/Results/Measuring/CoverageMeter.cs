using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Coverage of single messages: "among peers live, registered and linked from its creation to the end of the drain,
/// and connected at the end to somebody who held it, the share that got it; if no such peer ever held it, it is
/// lost with its origin" (DESIGN section 5). The origin holds its own message and counts like any other peer. Liars
/// do not count: nothing is promised to them, and sybils that only know each other would look like a loss.
/// </summary>
internal sealed class CoverageMeter
{
    private readonly RunRecord record;
    private readonly EndOverlay overlay;
    private readonly int[] heldAt;
    private readonly int[] componentHeldAt;
    private readonly int[] components;
    private readonly int[] gotAt;
    private readonly int honestPeers;
    private int round;

    public CoverageMeter(RunRecord record, EndOverlay overlay)
    {
        this.record = record;
        this.overlay = overlay;
        heldAt = new int[record.Nodes.All.Count];
        componentHeldAt = new int[overlay.Peers.Count];
        gotAt = new int[record.Nodes.All.Count];
        honestPeers = overlay.Peers.Count(peer => !peer.IsLiar);
        components = new int[record.Nodes.All.Count];
        for (var i = 0; i < overlay.Peers.Count; i++) components[overlay.Peers[i].Index] = overlay.ComponentOf(i);
    }

    public MessageMeasure Measure(MessageRecord message, List<double> latenciesMs)
    {
        var published = message.PublishedAt!.Value;
        MarkHolders(message, published);
        var (eligible, reached, anyHeld) = CountPeers(published);
        latenciesMs.Clear();
        var recovered = 0;
        int? hopsMax = null, lastHop = null;
        Instant latest = default;
        foreach (ref readonly var receipt in message.Receipts)
        {
            if (receipt.Recovered)
            {
                recovered++;
                continue;
            }

            latenciesMs.Add((receipt.At - published).TotalMilliseconds);
            hopsMax = Math.Max(hopsMax ?? 0, receipt.Hops);
            if (lastHop is not null && receipt.At < latest) continue;
            lastHop = receipt.At == latest ? Math.Max(lastHop ?? 0, receipt.Hops) : receipt.Hops;
            latest = receipt.At;
        }

        return new MessageMeasure(
            message, record.SecondsAt(published), eligible, reached, !anyHeld, ReliabilityOf(message),
            message.Receipts.Length, recovered, Durations.Of(latenciesMs), hopsMax, lastHop);
    }

    /// <summary>Delays of all first receipts at peers that could have it, and how many those peers are.</summary>
    public MessageSpread Spread(MessageRecord message)
    {
        var published = message.PublishedAt!.Value;
        MarkHolders(message, published);
        var (eligible, _, _) = CountPeers(published);
        var delays = new List<double>(message.Receipts.Length);
        foreach (ref readonly var receipt in message.Receipts)
        {
            var node = record.Nodes[receipt.Node];
            var counts = node.IsEligibleSince(published) && node.IsLivePeer
                && componentHeldAt[components[node.Index]] == round;
            if (counts && receipt.Node != message.Origin) delays.Add((receipt.At - published).TotalMilliseconds);
        }

        var origin = record.Nodes[message.Origin];
        var originCounts = origin.IsEligibleSince(published) && origin.IsLivePeer;
        return new MessageSpread(delays, eligible - (originCounts ? 1 : 0));
    }

    /// <summary>A peer that restarted after it got the message got it all the same.</summary>
    private double? ReliabilityOf(MessageRecord message)
    {
        if (honestPeers == 0) return null;
        var got = 0;
        Count(message.Origin);
        foreach (ref readonly var receipt in message.Receipts) Count(receipt.Node);
        return (double)got / honestPeers;

        void Count(int index)
        {
            var node = record.Nodes[index];
            if (gotAt[index] == round || !node.IsLivePeer || node.IsLiar) return;
            gotAt[index] = round;
            got++;
        }
    }

    private void MarkHolders(MessageRecord message, Instant published)
    {
        round++;
        MarkHolder(record.Nodes[message.Origin], published);
        foreach (ref readonly var receipt in message.Receipts) MarkHolder(record.Nodes[receipt.Node], receipt.At);
    }

    // What a process held ended with it: only processes that still run hold the message at the end.
    private void MarkHolder(NodeState node, Instant since)
    {
        if (!node.IsLivePeer || node.StartedAt > since) return;
        heldAt[node.Index] = round;
        componentHeldAt[components[node.Index]] = round;
    }

    private (int Eligible, int Reached, bool AnyHeld) CountPeers(Instant published)
    {
        var (eligible, reached, anyHeld) = (0, 0, false);
        foreach (var peer in overlay.Peers)
        {
            if (!peer.IsEligibleSince(published)) continue;
            var holds = heldAt[peer.Index] == round;
            anyHeld |= holds;
            if (componentHeldAt[components[peer.Index]] != round) continue;
            eligible++;
            if (holds) reached++;
        }

        return (eligible, reached, anyHeld);
    }
}
