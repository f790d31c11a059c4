using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// A node and its notary, as a TCP host has them: what it says leaves signed, and what it hears was checked. What was
/// not signed as it says costs its sender the link.
/// </summary>
public sealed class SignedNode : Node
{
    private readonly Node node;
    private readonly Notary notary;
    private readonly Seal seal;

    private SignedNode(Node node, Notary notary)
    {
        this.node = node;
        this.notary = notary;
        seal = new Seal(notary);
    }

    public override int Epoch => node.Epoch;

    public override int TableEntries => node.TableEntries;

    internal override void BringStateNear() => node.BringStateNear();

    internal override void BringListsNear(Message? next, int standingPlace) =>
        node.BringListsNear(next, standingPlace);

    public static NodeFactory Wrap(NodeFactory unsigned, SigningRules rules) =>
        start => new SignedNode(unsigned(start), new Notary(rules, start.Address));

    public override void OnStart(in NodeContext context) => node.OnStart(Sealed(context));

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (notary.TryCheck(envelope.From, envelope.Message, node, out var heard))
        {
            node.OnMessage(
                ReferenceEquals(heard, envelope.Message) ? envelope : envelope with { Message = heard },
                Sealed(context));
            return;
        }

        context.Report(new ProtocolEvent(EventKind.InputRefused, envelope.From, Detail: Notary.Refusal));
        context.Close(envelope.From);
        node.OnLinkDown(envelope.From, Sealed(context));
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context) =>
        node.OnTimer(timer, Sealed(context));

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
        node.OnLinkDown(neighbor, Sealed(context));

    private NodeContext Sealed(in NodeContext context) => context.Through(seal.Around(context.Transport));

    private sealed class Seal(Notary notary) : ITransport
    {
        private ITransport? inner;

        // A node sends one object to many in a row: it is sealed once.
        private (Message Said, Message Sealed)? latest;

        public Seal Around(ITransport transport)
        {
            (inner, latest) = (transport, null);
            return this;
        }

        public void Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
            inner!.Send(from, to, Of(message), hops);

        public void SendToAll(NodeAddress from, in Recipients to, Message message, int hops) =>
            inner!.SendToAll(from, to, Of(message), hops);

        public void Close(NodeAddress from, NodeAddress to) => inner!.Close(from, to);

        private Message Of(Message message)
        {
            if (latest is { } known && ReferenceEquals(known.Said, message)) return known.Sealed;
            var done = notary.Seal(message);
            latest = (message, done);
            return done;
        }
    }
}
