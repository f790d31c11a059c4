namespace GossipSim.Engine.Protocol;

// Watch: whoever dies before its first link, or together with all its neighbors, has nobody to report it. A member
// that was not refreshed for three intervals is probed by the seed node that hashing names; if that one is silent, by
// the next.
public sealed partial class SeedNode
{
    /// <summary>Our choice: rounds opened at one tick, so that a mass failure does not become a storm.</summary>
    private const int WatchesPerTick = 64;

    private readonly WatchOrder watched = new();

    /// <summary>
    /// Time that this seed node spent awake, by which it measures silence: what was sent to it while it was paused, or
    /// what its clock did, says nothing about members.
    /// </summary>
    private TimeSpan awake;
    private Instant lastWatch;

    private TimeSpan WatchInterval => options.RefreshInterval / 2;

    /// <summary>The seed nodes that were up when it was last asked who watches whom.</summary>
    private UInt128 upSeedNodes;

    private void NoteRefresh(int place, Instant now)
    {
        if (place < 0) return;
        ref readonly var entry = ref members[place];
        if (IsWatchedHere(entry)) watched.Hear(place, AwakeAt(now));
        else watched.Forget(place);
    }

    private bool IsWatchedHere(in MembershipEntry entry) =>
        entry.IsAlive && WatcherOf(entry.Address, upSeedNodes) == start.Address;

    /// <summary>Between two ticks at most one interval passes, however late the second one comes.</summary>
    private TimeSpan AwakeAt(Instant now)
    {
        var passed = now - lastWatch;
        if (passed < TimeSpan.Zero) return awake;
        return awake + (passed < WatchInterval ? passed : WatchInterval);
    }

    private void OnWatchTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Watch), WatchInterval);
        (awake, lastWatch) = (AwakeAt(context.Now), context.Now);
        ForgetTheFuture(context.Now);
        NoteUpSeedNodes(context.Now);
        if (isLearning) return;
        var opened = 0;
        var patience = 3 * options.RefreshInterval;
        for (var place = watched.First; place >= 0 && opened < WatchesPerTick;)
        {
            if (awake - watched.HeardAt(place) <= patience) break;
            var entry = members[place];
            place = watched.After(place);
            if (openRemovals.ContainsKey(MembershipOf(entry.AsRemoved()))) continue;
            context.Report(new ProtocolEvent(EventKind.SilentMemberProbed, entry.Address, entry.Epoch));
            // Where others believe what this seed node reports, it must have looked for itself.
            if (options.RemovalEvidence == RemovalEvidence.TrustReporter)
                Probe(entry.Address, new Claim(default, entry.AsRemoved()), context);
            else
                ProposeRemoval(entry, NodeAddress.None, context);
            opened++;
        }
    }

    /// <summary>What this seed node's own probe of a silent member says, before anybody votes.</summary>
    private void JudgeSilent(in MembershipEntry removed, NodeId? answered, in NodeContext context)
    {
        var place = members.PlaceOf(removed.Address);
        if (!IsListed(removed) || !members[place].IsAlive) return;
        if (answered == removed.NodeId) NoteRefresh(place, context.Now);
        else ProposeRemoval(members[place], NodeAddress.None, context);
    }

    /// <summary>
    /// This node's clock may have been set back: what it noted at times that are still to come counts as just now, or
    /// it would wait for them.
    /// </summary>
    private void ForgetTheFuture(Instant now)
    {
        if (learningSince > now) learningSince = now;
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
    /// The set of live seed nodes decides which of them watches a member. A member that this seed node did not watch
    /// before gets the whole patience, because peers need an interval to find their new watcher. For all others the
    /// silence goes on: else a seed node that comes and goes would keep every member from being silent long enough.
    /// </summary>
    private void NoteUpSeedNodes(Instant now)
    {
        var up = UpSeedNodes(now);
        if (up == upSeedNodes) return;
        upSeedNodes = up;
        var mine = new List<int>();
        for (var place = 0; place < members.Count; place++)
            if (IsWatchedHere(members[place])) mine.Add(place);
        watched.WatchOnly(mine, awake);
    }
}
