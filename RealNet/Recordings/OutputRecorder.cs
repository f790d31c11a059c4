using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// Stands behind a node's context and tells what it does. Passes it on when there is a world to act on.
/// </summary>
public sealed class OutputRecorder(
    IInputObserver observer,
    ITransport? transport = null, IScheduler? scheduler = null, IStableStore? store = null, ITrace? trace = null)
    : ITransport, IScheduler, IStableStore, ITrace
{
    public void Begin(in Input input) => observer.Begin(input);

    public void Send(NodeAddress from, NodeAddress to, Message message, int hops)
    {
        observer.Did(new Output(OutputKind.Sent, to, hops, message));
        transport?.Send(from, to, message, hops);
    }

    public void Close(NodeAddress from, NodeAddress to)
    {
        observer.Did(new Output(OutputKind.Closed, to));
        transport?.Close(from, to);
    }

    public void SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
        observer.Did(new Output(OutputKind.TimerSet, Timer: timer, After: after));
        scheduler?.SetTimer(node, timer, after);
    }

    public void Persist(NodeAddress node, StableRecord record)
    {
        observer.Did(new Output(OutputKind.Persisted, Record: record));
        store?.Persist(node, record);
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        observer.Did(new Output(OutputKind.Reported, Event: protocolEvent));
        trace?.Report(node, now, protocolEvent);
    }
}
