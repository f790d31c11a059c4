using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>A real node that does not hear everything, or does not mind all its timers.</summary>
internal class PartlyDeafNode(Node node, Func<Message, Instant, bool> hears, Func<ProtocolTimer, bool> minds) : Node
{
    public override int Epoch => node.Epoch;

    public override int TableEntries => node.TableEntries;

    public override void OnStart(in NodeContext context) => node.OnStart(context);

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (hears(envelope.Message, context.Now)) node.OnMessage(envelope, context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (minds(timer)) node.OnTimer(timer, context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) => node.OnLinkDown(neighbor, context);
}

/// <summary>A peer without a Message List: it takes every copy for a first one.</summary>
internal sealed class ForgetfulPeer(Node node) : PartlyDeafNode(node, (_, _) => true, _ => true)
{
    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        base.OnMessage(envelope, context);
        if (envelope.Message is Gossip gossip)
            context.Report(new ProtocolEvent(EventKind.GossipDelivered, envelope.From, envelope.Hops, gossip));
    }
}

/// <summary>A peer that reports a live one as dead with its first refresh, to all seed nodes.</summary>
internal sealed class LyingPeer(Node node, IReadOnlyList<NodeAddress> seedNodes, NodeAddress victim, NodeId victimId)
    : PartlyDeafNode(node, (_, _) => true, _ => true)
{
    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        base.OnTimer(timer, context);
        if (timer.Kind != TimerKind.Refresh) return;
        var text = $"Dead Node:{victim}:0:{context.Self.HostText}";
        var lie = new DeadNode(victim, 1, victimId, ReportFlag.Confirmed, text);
        foreach (var seedNode in seedNodes) context.Send(seedNode, lie);
    }
}

/// <summary>A seed node whose list is lost in the middle of its life, without its noticing.</summary>
internal sealed class AmnesiacSeedNode(Func<Node> create, Instant forgetsAt) : Node
{
    private Node node = create();
    private bool hasForgotten;

    public override void OnStart(in NodeContext context) => node.OnStart(context);

    public override void OnMessage(in Envelope envelope, in NodeContext context) => node.OnMessage(envelope, context);

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (!hasForgotten && context.Now > forgetsAt)
        {
            hasForgotten = true;
            node = create();
            node.OnStart(context);
        }

        node.OnTimer(timer, context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) => node.OnLinkDown(neighbor, context);
}
