using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>All live peers are members and form one overlay by links that both ends know.</summary>
internal sealed class OverlayConnectedWhenQuiet() : Invariant("overlayConnectedWhenQuiet")
{
    /// <summary>Nodes that a breach names; our choice.</summary>
    private const int NamedAtMost = 8;

    public override bool NeedsQuiet => true;

    public override Assumption Assumes =>
        Assumption.FewLyingSeedNodes | Assumption.HonestPeers | Assumption.LinksLikeTcp;

    /// <summary>Links and memberships went on changing long after the last fault.</summary>
    public void NoteNeverQuiet(Instant now, TimeSpan waited) =>
        Violate($"the network did not become quiet within {waited.TotalSeconds:F0} s of the end of all faults", now);

    public override void AtQuiet(RunRecord world, Instant now)
    {
        var overlay = EndOverlay.Of(world);
        var voters = VotersOf(world);
        var strangers = overlay.Peers.Where(peer => !peer.IsLiar && !IsMember(world, voters, peer))
            .Select(peer => peer.Address).ToArray();
        if (strangers.Length > 0)
            Violate($"{strangers.Length} live peers are not members", now, [.. strangers.Take(NamedAtMost)]);
        if (overlay.AsymmetricLinks > 0) Violate($"{overlay.AsymmetricLinks} links are known at one end only", now);

        // Without a quorum nobody can register, and nobody dead can be removed, so that others would take its place.
        if (voters.Count < world.Facts.Quorum) return;
        var components = Enumerable.Range(0, overlay.Peers.Count).GroupBy(overlay.ComponentOf).ToList();
        // A plan that is in parts itself is kept as it is: a warning names it.
        if (components.Count <= world.Facts.PlannedParts) return;
        var smallest = components.MinBy(component => component.Count())!;
        Violate(
            $"the overlay of {overlay.Peers.Count} live peers is in {components.Count} parts", now,
            [.. smallest.Take(NamedAtMost).Select(place => overlay.Peers[place].Address)]);
    }

    /// <summary>
    /// By the lists of the live seed nodes, as long as a quorum of them is there: what one of them once committed may
    /// be lost with its disk.
    /// </summary>
    private static bool IsMember(RunRecord world, List<NodeState> voters, NodeState peer)
    {
        if (voters.Count < world.Facts.Quorum) return true;
        var listing = voters.Count(seedNode => Lists(world.Membership.EntryAt(seedNode.Index, peer.Index), peer));
        return listing >= world.Facts.Quorum;
    }

    private static List<NodeState> VotersOf(RunRecord world) => [.. world.Nodes.SeedNodes
        .Where(seedNode => seedNode is { IsUp: true, IsLiar: false, IsLearning: false })];

    private static bool Lists(MembershipEntry entry, NodeState peer) =>
        entry.Epoch > 0 && entry.IsAlive && entry.NodeId == peer.NodeId;
}
