namespace GossipSim.Engine.Protocol;

// Planning: where a plan names the neighbors, a peer dials them all when it joins. Those who are no members yet refuse,
// or are not there, and dial when they join; so each planned link stands as soon as both its ends are members.
public sealed partial class Peer
{
    private sealed partial class WorkInHand
    {
        /// <summary>Planned neighbors whose link stood in this membership and ended; null while there were none.
        /// </summary>
        public HashSet<NodeAddress>? PlannedAndGone { get; set; }
    }

    /// <summary>Whether a plan says who this peer's neighbors are.</summary>
    private bool IsPlanned(NodeAddress self) =>
        options.OverlayRule is PlannedOverlay overlay && overlay.HasPlaceFor(self);

    /// <summary>
    /// Lost links below this many are replaced; but a planned link only if it stood, or its other end was removed, so
    /// that nobody adds to a plan that still can be fulfilled.
    /// </summary>
    private int LinksKept(NodeAddress self)
    {
        if (!IsPlanned(self)) return options.OverlayRule.LinksKept(options.MinDegree, workInHand?.Members ?? 0);
        var planned = ((PlannedOverlay)options.OverlayRule).NeighborsOf(self).Length;
        return HasLostPlannedLink(self) ? Math.Min(options.MinDegree, planned) : 0;
    }

    private bool HasLostPlannedLink(NodeAddress self)
    {
        if (workInHand is null or { RemovedMembers.Count: 0, PlannedAndGone: null }) return false;
        if (options.OverlayRule is not PlannedOverlay overlay) return false;
        foreach (var peer in overlay.NeighborsOf(self))
            if (IsLost(overlay[peer]) || IsGone(overlay[peer])) return true;
        return false;
    }

    private bool IsGone(NodeAddress planned) =>
        Work.PlannedAndGone is { } gone && gone.Contains(planned) && !neighbors.Contains(planned);

    /// <summary>A neighbor that leaves says so, and nobody reports it: this peer may never hear of its removal.
    /// </summary>
    private void NotePlannedLoss(NodeAddress neighbor, NodeAddress self)
    {
        if (options.OverlayRule is not PlannedOverlay overlay) return;
        foreach (var peer in overlay.NeighborsOf(self))
            if (overlay[peer] == neighbor) (Work.PlannedAndGone ??= []).Add(neighbor);
    }

    private bool IsLost(NodeAddress planned) =>
        Work.RemovedMembers.ContainsKey(planned) && !neighbors.Contains(planned);

    /// <summary>When it joins, a peer dials also who was removed before: that one may be back.</summary>
    private void OpenPlannedLinks(in NodeContext context)
    {
        if (options.OverlayRule is not PlannedOverlay overlay) return;
        List<NodeAddress>? missing = null;
        foreach (var peer in overlay.NeighborsOf(context.Self))
        {
            var address = overlay[peer];
            if (neighbors.Contains(address) || IsConnectingTo(address)) continue;
            if (phase == PeerPhase.Joined && IsLost(address)) continue;
            Work.Connecting.Add(address, ++Work.ConnectRound);
            (missing ??= []).Add(address);
        }

        if (missing is not null) Connect(missing, context);
    }
}
