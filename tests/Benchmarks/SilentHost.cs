using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>Hands inputs to one node and only counts what it does: what is measured is the node and the seam.</summary>
internal sealed class SilentHost(Node node, NodeAddress self) : ITransport, IScheduler, IStableStore, ITrace
{
    private NodeRandom random = new(1);

    public int Sent { get; private set; }

    public void Start() => node.OnStart(Context());

    public void Hand(NodeAddress from, Message message) =>
        node.OnMessage(new Envelope(from, self, Hops: 1, message), Context());

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops) => Sent++;

    void ITransport.Close(NodeAddress from, NodeAddress to)
    {
    }

    void IScheduler.SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
    }

    void IStableStore.Persist(NodeAddress node, StableRecord record)
    {
    }

    bool ITrace.Wants(EventKind kind) => false;

    void ITrace.Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }

    private NodeContext Context() => new(self, Instant.FromSeconds(1), ref random, this, this, this, this);
}
