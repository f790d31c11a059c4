using GossipSim.Engine.Protocol;
using GossipSim.Tests.Scenarios.Exploring;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>Neither opens nor takes a link before a certain one asks for one.</summary>
internal sealed class PeerThatWaitsFor(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    private bool isWaiting = true;

    protected override bool Hears(in Envelope envelope)
    {
        isWaiting &= envelope.Message is not Connect || envelope.From != whom;
        return !isWaiting || envelope.Message is not Connect;
    }

    protected override bool Sends(NodeAddress to, Message message) => !isWaiting || message is not Connect;
}

/// <summary>Takes no link from a certain one.</summary>
internal sealed class PeerThatRefuses(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Connect && envelope.From == whom) context.Send(whom, new Refuse([]));
        else base.OnMessage(envelope, context);
    }
}

/// <summary>Never hears the first message of a certain one, whoever passes it on.</summary>
internal sealed class PeerThatMissesTheFirstOf(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    protected override bool Hears(in Envelope envelope) =>
        envelope.Message is not Gossip gossip || gossip.Origin != whom || gossip.Number != 1;
}

/// <summary>What comes from its origin is always news: known already, it is logged again, or passed on again.
/// </summary>
internal sealed class PeerThatHearsTwice(Node inner, bool logsAgain) : BuggyNode(inner)
{
    private readonly HashSet<GossipKey> heard = [];
    private readonly HashSet<NodeAddress> neighbors = [];

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        base.OnMessage(envelope, context);
        if (envelope.Message is not Gossip gossip || heard.Add(gossip.Key) || gossip.Origin != envelope.From) return;
        if (logsAgain)
        {
            context.Report(new ProtocolEvent(EventKind.GossipDelivered, envelope.From, envelope.Hops, gossip));
            return;
        }

        foreach (var neighbor in neighbors)
            if (neighbor != envelope.From) context.Forward(envelope, neighbor);
    }

    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind == EventKind.NeighborAdded) neighbors.Add(e.About);
        if (e.Kind == EventKind.NeighborRemoved) neighbors.Remove(e.About);
        return e;
    }
}
