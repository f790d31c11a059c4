namespace GossipSim.Engine.Protocol;

// Watch: whoever dies before its first link, or together with all its neighbors, has nobody to report it. A member
// that was not refreshed for three intervals is probed by the seed node that hashing names; if that one is silent, by
// the next.
public sealed partial class SeedNode
{
    /// <summary>Our choice: rounds opened at one tick, so that a mass failure does not become a storm.</summary>
    private const int WatchesPerTick = 64;

    private readonly WatchOrder watched = new();

    /// <summary>The seed nodes that were up when it was last asked who watches whom.</summary>
    private UInt128 upSeedNodes;

    private void NoteRefresh(int place, Instant now)
    {
        if (place < 0) return;
        ref readonly var entry = ref members[place];
        if (entry.IsAlive && WatcherOf(entry.Address, upSeedNodes) == start.Address) watched.Hear(place, now);
        else watched.Drop(place);
    }

    private void OnWatchTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Watch), options.RefreshInterval / 2);
        ForgetTheFuture(context.Now);
        NoteUpSeedNodes(context.Now);
        if (isLearning) return;
        var opened = 0;
        var patience = 3 * options.RefreshInterval;
        for (var place = watched.First; place >= 0 && opened < WatchesPerTick;)
        {
            if (context.Now - watched.HeardAt(place) <= patience) break;
            var entry = members[place];
            place = watched.After(place);
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
        watched.ForgetTheFuture(now);
        for (var index = 0; index < lastDigest.Length; index++)
            if (lastDigest[index] > now) lastDigest[index] = now;
    }

    /// <summary>The first in the order of the address that is up; this one where nobody is.</summary>
    private NodeAddress WatcherOf(NodeAddress address, UInt128 up)
    {
        for (var turn = 0; turn < options.SeedNodes.Length; turn++)
        {
            var index = SeedRing.IndexOf(address, turn, options.SeedNodes.Length);
            if ((up >> index & UInt128.One) != UInt128.Zero) return options.SeedNodes[index];
        }

        return start.Address;
    }

    private UInt128 UpSeedNodes(Instant now)
    {
        var up = UInt128.Zero;
        for (var index = 0; index < options.SeedNodes.Length; index++)
        {
            var isUp = options.SeedNodes[index] == start.Address || now - lastDigest[index] <= 3 * options.SyncInterval;
            if (isUp) up |= UInt128.One << index;
        }

        return up;
    }

    /// <summary>
    /// A change of who watches whom starts the patience anew: peers need an interval to find their new watcher.
    /// </summary>
    private void NoteUpSeedNodes(Instant now)
    {
        var up = UpSeedNodes(now);
        if (up == upSeedNodes) return;
        upSeedNodes = up;
        for (var place = 0; place < members.Count; place++) NoteRefresh(place, now);
    }
}
