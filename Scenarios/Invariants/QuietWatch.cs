using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// Tells when the network is *quiet*: no fault is going on, and for a span nothing disturbed it - no fault, no change
/// of the membership, no link made or lost, nobody starting or joining.
/// </summary>
internal sealed class QuietWatch(TimeSpan span)
{
    private readonly HashSet<string> ongoing = [];
    private readonly HashSet<NodeAddress> paused = [];
    private Instant disturbed;
    private bool wasTold;

    public void Observe(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.FaultStruck: NoteFault((FaultStrike)e.Detail!); break;
            case EventKind.FaultEnded: ongoing.Remove(((FaultStrike)e.Detail!).FaultId); break;
            case EventKind.ProcessPaused: paused.Add(node); break;
            case EventKind.ProcessResumed or EventKind.ProcessCrashed: paused.Remove(node); break;
        }

        if (!IsDisturbance(e.Kind)) return;
        disturbed = now;
        wasTold = false;
    }

    /// <summary>The latest disturbance.</summary>
    public Instant Since => disturbed;

    /// <summary>Whether some fault has begun and not ended.</summary>
    public bool HasOngoingFault => ongoing.Count > 0 || paused.Count > 0;

    public bool IsQuiet(Instant now) => !HasOngoingFault && now - disturbed >= span;

    /// <summary>True once in each quiet spell.</summary>
    public bool BecameQuiet(Instant now)
    {
        if (wasTold || !IsQuiet(now)) return false;
        wasTold = true;
        return true;
    }

    /// <summary>
    /// What goes on for a while. Not here: what happens at once, pauses, which are seen at each node, and what every
    /// promise is made in spite of, lies and wrong clocks.
    /// </summary>
    private void NoteFault(FaultStrike strike)
    {
        if (strike.Word is "partition" or "cut" or "linkLoss" or "linkDelay" or "linkFlap" or "linkBandwidth"
            or "corrupt" or "duplicate" or "reorder" or "slowNode")
            ongoing.Add(strike.FaultId);
    }

    /// <summary>What ends a quiet spell.</summary>
    public static bool IsDisturbance(EventKind kind) => kind is EventKind.ProcessStarted or EventKind.ProcessCrashed
        or EventKind.ProcessPaused or EventKind.ProcessResumed or EventKind.FaultStruck or EventKind.FaultEnded
        or EventKind.EntryCommitted
        or EventKind.EntryRecalled or EventKind.NeighborAdded or EventKind.NeighborRemoved or EventKind.Registered
        or EventKind.Joined or EventKind.FoundItselfRemoved or EventKind.Left or EventKind.LearningFinished
        or EventKind.DeathReported;
}
