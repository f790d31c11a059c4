using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>
/// A real node with a bug around it: what goes in and what comes out may be changed, dropped or made up. Without an
/// override it changes nothing.
/// </summary>
internal abstract class BuggyNode(Node inner) : Node
{
    private readonly Effects effects = new();

    protected Node Inner { get; set; } = inner;

    public override int Epoch => Inner.Epoch;

    public override int TableEntries => Inner.TableEntries;

    public override void OnStart(in NodeContext context)
    {
        Inner.OnStart(Inside(context));
        Release(context);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (!Hears(envelope)) return;
        Inner.OnMessage(envelope, Inside(context));
        Release(context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (!Minds(timer)) return;
        Inner.OnTimer(timer, Inside(context));
        Release(context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        Inner.OnLinkDown(neighbor, Inside(context));
        Release(context);
    }

    protected virtual bool Hears(in Envelope envelope) => true;

    protected virtual bool Minds(ProtocolTimer timer) => true;

    protected virtual bool Sends(NodeAddress to, Message message) => true;

    /// <summary>What it says instead.</summary>
    protected virtual Message Said(NodeAddress to, Message message) => message;

    protected virtual bool Keeps(StableRecord record) => true;

    protected virtual ProtocolEvent Reported(in ProtocolEvent e) => e;

    /// <summary>Lets the real node hear something that nobody sent.</summary>
    protected void Imagine(NodeAddress from, Message message, in NodeContext context)
    {
        Inner.OnMessage(new Envelope(from, context.Self, Hops: 1, message), Inside(context));
        Release(context);
    }

    private NodeContext Inside(in NodeContext context) =>
        new(context.Self, context.Now, ref context.Random, effects, effects, effects, effects);

    /// <summary>In the order of the real node; what a bug adds comes between.</summary>
    private void Release(in NodeContext context)
    {
        var released = effects.Take();
        foreach (var effect in released)
        {
            switch (effect)
            {
                case Sent sent when Sends(sent.To, sent.Message):
                    var said = Said(sent.To, sent.Message);
                    context.Forward(new Envelope(context.Self, sent.To, sent.Hops - 1, said), sent.To);
                    break;
                case Closed closed: context.Close(closed.To); break;
                case Timed timed: context.SetTimer(timed.Timer, timed.After); break;
                case Persisted persisted when Keeps(persisted.Record): context.Persist(persisted.Record); break;
                case Told told: context.Report(Reported(told.Event)); break;
            }
        }
    }

    private abstract record Effect;

    private sealed record Sent(NodeAddress To, Message Message, int Hops) : Effect;

    private sealed record Closed(NodeAddress To) : Effect;

    private sealed record Timed(ProtocolTimer Timer, TimeSpan After) : Effect;

    private sealed record Persisted(StableRecord Record) : Effect;

    private sealed record Told(ProtocolEvent Event) : Effect;

    private sealed class Effects : ITransport, IScheduler, IStableStore, ITrace
    {
        private List<Effect> list = [];

        public List<Effect> Take()
        {
            var taken = list;
            list = [];
            return taken;
        }

        public void Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
            list.Add(new Sent(to, message, hops));

        public void Close(NodeAddress from, NodeAddress to) => list.Add(new Closed(to));

        public void SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after) =>
            list.Add(new Timed(timer, after));

        public void Persist(NodeAddress node, StableRecord record) => list.Add(new Persisted(record));

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
            list.Add(new Told(protocolEvent));
    }
}
