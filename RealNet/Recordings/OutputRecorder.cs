using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// Stands behind a node's context and writes down what it does. Passes it on when there is a world to act on.
/// </summary>
internal sealed class OutputRecorder(
    ITransport? transport = null, IScheduler? scheduler = null, IStableStore? store = null, ITrace? trace = null)
    : ITransport, IScheduler, IStableStore, ITrace
{
    private readonly List<Input> inputs = [];
    private readonly List<Output> outputs = [];

    public IReadOnlyList<Input> Inputs => [.. inputs];

    public IReadOnlyList<string> Outputs => [.. outputs.Select(output => output.Describe())];

    public void Begin(in Input input) => inputs.Add(input);

    public void Send(NodeAddress from, NodeAddress to, Message message, int hops)
    {
        Add(new Output(OutputKind.Sent, 0, to, hops, message));
        transport?.Send(from, to, message, hops);
    }

    public void Close(NodeAddress from, NodeAddress to)
    {
        Add(new Output(OutputKind.Closed, 0, to));
        transport?.Close(from, to);
    }

    public void SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
        Add(new Output(OutputKind.TimerSet, 0, Timer: timer, After: after));
        scheduler?.SetTimer(node, timer, after);
    }

    public void Persist(NodeAddress node, StableRecord record)
    {
        Add(new Output(OutputKind.Persisted, 0, Record: record));
        store?.Persist(node, record);
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        Add(new Output(OutputKind.Reported, 0, Event: protocolEvent));
        trace?.Report(node, now, protocolEvent);
    }

    private void Add(Output output) => outputs.Add(output with { Input = inputs.Count - 1 });
}
