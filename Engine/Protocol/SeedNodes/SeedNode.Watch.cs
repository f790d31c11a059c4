namespace GossipSim.Engine.Protocol;

// Watch: whoever dies before its first link, or together with all its neighbors, has nobody to report it. A member
// that was not refreshed for three intervals is probed by the seed node that hashing names; if that one is silent, by
// the next.
public sealed partial class SeedNode
{
    /// <summary>Our choice: rounds opened at one tick, so that a mass failure does not become a storm.</summary>
    private const int WatchesPerTick = 64;

    private readonly List<Instant> refreshed = [];
    private UInt128 upSeedNodes;
    private Instant upSeedNodesChanged;

    private void NoteRefresh(int place, Instant now)
    {
        if (place < 0) return;
        while (refreshed.Count <= place) refreshed.Add(now);
        refreshed[place] = now;
    }

    private void OnWatchTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Watch), options.RefreshInterval / 2);
        ForgetTheFuture(context.Now);
        NoteUpSeedNodes(context.Now);
        if (isLearning) return;
        var opened = 0;
        for (var place = 0; place < members.Count && opened < WatchesPerTick; place++)
        {
            var entry = members[place].Entry;
            if (!IsSilent(place, context.Now) || WatcherOf(entry.Address, context.Now) != context.Self) continue;
            if (openRemovals.ContainsKey(MembershipOf(entry.AsRemoved()))) continue;
            context.Report(new ProtocolEvent(EventKind.SilentMemberProbed, entry.Address, entry.Epoch));
            ProposeRemoval(entry, NodeAddress.None, context);
            opened++;
        }
    }

    /// <summary>
    /// This node's clock may have been set back: what it noted at times that are still to come counts as just now, or
    /// it would wait for them.
    /// </summary>
    private void ForgetTheFuture(Instant now)
    {
        for (var place = 0; place < refreshed.Count; place++)
            if (refreshed[place] > now) refreshed[place] = now;
        for (var index = 0; index < lastDigest.Length; index++)
            if (lastDigest[index] > now) lastDigest[index] = now;
        if (upSeedNodesChanged > now) upSeedNodesChanged = now;
    }

    /// <summary>
    /// A change of who watches whom starts the patience anew: peers need an interval to find their new watcher.
    /// </summary>
    private bool IsSilent(int place, Instant now)
    {
        if (!members[place].Entry.IsAlive) return false;
        var since = refreshed[place] > upSeedNodesChanged ? refreshed[place] : upSeedNodesChanged;
        return now - since > 3 * options.RefreshInterval;
    }

    private NodeAddress WatcherOf(NodeAddress address, Instant now)
    {
        for (var turn = 0; turn < options.SeedNodes.Length; turn++)
        {
            var index = SeedRing.IndexOf(address, turn, options.SeedNodes.Length);
            if (IsUp(index, now)) return options.SeedNodes[index];
        }

        return start.Address;
    }

    private bool IsUp(int index, Instant now) =>
        options.SeedNodes[index] == start.Address || now - lastDigest[index] <= 3 * options.SyncInterval;

    private void NoteUpSeedNodes(Instant now)
    {
        var up = UInt128.Zero;
        for (var index = 0; index < options.SeedNodes.Length; index++)
            if (IsUp(index, now)) up |= UInt128.One << index;
        if (up == upSeedNodes) return;
        (upSeedNodes, upSeedNodesChanged) = (up, now);
    }
}
