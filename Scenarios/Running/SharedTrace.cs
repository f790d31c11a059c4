using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Invariants;

namespace GossipSim.Scenarios.Running;

/// <summary>Where the many threads of a TCP run meet: one report at a time reaches the observer and the invariants.</summary>
internal sealed class SharedTrace : ITrace
{
    private readonly Lock gate = new();
    private IRunObserver? observer;
    private InvariantWatch? invariants;
    private LinkLatencies? latencies;
    private bool mayBeFormed;

    /// <summary>Seed nodes that are ready to vote.</summary>
    public int Learned { get; private set; }

    public void Attach(IRunObserver hearer, InvariantWatch? watch, LinkLatencies? meter) =>
        (observer, invariants, latencies) = (hearer, watch, meter);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        lock (gate)
        {
            observer?.Report(node, now, protocolEvent);
            invariants?.Report(node, now, protocolEvent);
            latencies?.Observe(node, now, protocolEvent);
            if (protocolEvent.Kind == EventKind.LearningFinished) Learned++;
            if (protocolEvent.Kind is EventKind.Joined or EventKind.NeighborAdded) mayBeFormed = true;
        }
    }

    /// <summary>Whether all peers are registered and linked; looked at only when somebody joined since.</summary>
    public bool IsFormed(int peers)
    {
        lock (gate)
        {
            if (!mayBeFormed || observer is null) return false;
            mayBeFormed = false;
            return observer.World.JoinedPeers == peers && (peers == 1 || observer.World.Laggards().Count == 0);
        }
    }

    public void Locked(Action act)
    {
        lock (gate) act();
    }

    public T Locked<T>(Func<T> ask)
    {
        lock (gate) return ask();
    }
}
