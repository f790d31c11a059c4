using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Invariants;

namespace GossipSim.Scenarios.Running;

/// <summary>Where the many threads of a TCP run meet: one report at a time reaches whoever listens.</summary>
internal sealed class SharedTrace(Formation formation) : ITrace
{
    private readonly Lock gate = new();
    private readonly ForwardTime time = new();
    private IRunObserver? observer;
    private InvariantWatch? invariants;
    private LinkLatencies? latencies;
    private Timeline? timeline;

    public void Attach(IRunObserver hearer, InvariantWatch? watch, LinkLatencies? meter) =>
        (observer, invariants, latencies) = (hearer, watch, meter);

    public void Attach(Timeline begun) => timeline = begun;

    public void Report(NodeAddress node, Instant reported, in ProtocolEvent protocolEvent)
    {
        lock (gate)
        {
            var now = time.Of(reported);
            observer?.Report(node, now, protocolEvent);
            invariants?.Report(node, now, protocolEvent);
            latencies?.Observe(node, now, protocolEvent);
            formation.Observe(node, protocolEvent);
            timeline?.Observe(node, now, protocolEvent.Kind);
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
