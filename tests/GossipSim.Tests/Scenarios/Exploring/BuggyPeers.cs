using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>With a neighbor it loses its Message List too: the next copy counts as a first one.</summary>
internal sealed class PeerThatForgetsMessagesWithNeighbors(Node inner) : BuggyNode(inner)
{
    private bool hasForgotten;

    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind == EventKind.NeighborRemoved) hasForgotten = true;
        if (!hasForgotten || e.Kind != EventKind.GossipDuplicate) return e;
        hasForgotten = false;
        return e with { Kind = EventKind.GossipDelivered };
    }
}

/// <summary>Floods, and never tells new neighbors what it has, nor asks for what it lacks.</summary>
internal sealed class PeerWithoutRecovery(Node inner) : BuggyNode(inner)
{
    protected override bool Sends(NodeAddress to, Message message) => message is not (IHave or IWant);
}

/// <summary>Its ids name its host alone, in whole seconds.</summary>
internal sealed class PeerWithShortIds(Node inner) : BuggyNode(inner)
{
    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind != EventKind.GossipPublished) return e;
        var said = (Gossip)e.Detail!;
        var id = $"{said.Id[..said.Id.IndexOf('.')]}:{said.Origin.HostText}:{said.Number}";
        return e with { Detail = new Gossip(id, said.Origin, said.Epoch, said.Number, said.Text) };
    }
}

/// <summary>Once it has joined, it makes no further links.</summary>
internal sealed class PeerThatNeverRepairs(Node inner) : BuggyNode(inner)
{
    private bool hasJoined;

    protected override bool Minds(ProtocolTimer timer) => timer.Kind != TimerKind.Repair;

    protected override bool Sends(NodeAddress to, Message message) => !hasJoined || message is not Connect;

    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind == EventKind.Joined) hasJoined = true;
        return e;
    }
}
