using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>From a time on it hears nothing that one other node sends: a link that is cut one way.</summary>
internal sealed class DeafNode(Node node, NodeAddress to, Instant since) : Node
{
    public override int Epoch => node.Epoch;

    public override int TableEntries => node.TableEntries;

    public override void OnStart(in NodeContext context) => node.OnStart(context);

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.From != to || context.Now < since) node.OnMessage(envelope, context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context) => node.OnTimer(timer, context);

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
        node.OnLinkDown(neighbor, context);
}
