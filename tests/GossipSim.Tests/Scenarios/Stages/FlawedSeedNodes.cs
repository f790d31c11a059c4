using GossipSim.Engine.Protocol;
using GossipSim.Tests.Scenarios.Exploring;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>Of the lines that come together it loses one: the fourth request of its life, in the middle of three.
/// </summary>
internal sealed class SeedNodeThatLosesALine(Node inner) : BuggyNode(inner)
{
    private int requests;

    protected override bool Hears(in Envelope envelope) => envelope.Message is not GetPeerList || ++requests != 4;
}

/// <summary>As long as it is alone, its empty list is page 1 of 0.</summary>
internal sealed class SeedNodeThatMiscountsPages(Node inner) : BuggyNode(inner)
{
    private bool isAlone = true;

    protected override bool Hears(in Envelope envelope)
    {
        isAlone &= envelope.Message is GetPeerList;
        return true;
    }

    protected override Message Said(NodeAddress to, Message message) =>
        isAlone && message is PeerList list ? list with { Pages = 0 } : message;
}

/// <summary>Tells of its first member when there is a second.</summary>
internal sealed class SeedNodeThatIsOneBehind(Node inner) : BuggyNode(inner)
{
    protected override Message Said(NodeAddress to, Message message) =>
        message is PeerList { Total: 1 } list ? list with { Total = 0, Entries = [] } : message;
}

/// <summary>Acknowledges one address, and asks nobody.</summary>
internal sealed class SeedNodeThatAsksNobody(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Register && envelope.From == whom)
            context.Send(whom, new RegisterAck(
                whom, 1, 1, new Certificate(new ProposalId(context.Self, 1), [context.Self])));
        else
            base.OnMessage(envelope, context);
    }
}

/// <summary>Once it has listed an address, it does so for ever.</summary>
internal sealed class SeedNodeThatForgetsNobody(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    private PeerListEntry? listed;

    protected override Message Said(NodeAddress to, Message message)
    {
        if (message is not PeerList list) return message;
        foreach (var entry in list.Entries)
            if (entry.Address == whom) listed = entry;
        return listed is { } lost && Array.TrueForAll(list.Entries, entry => entry.Address != whom)
            ? list with { Total = list.Total + 1, Entries = [.. list.Entries, lost] }
            : message;
    }
}

/// <summary>Strikes off its list whoever is reported, whatever the others say.</summary>
internal sealed class SeedNodeThatStrikesOffTheReported(Node inner, NodeAddress whom) : BuggyNode(inner)
{
    private bool isReported;

    protected override bool Hears(in Envelope envelope)
    {
        isReported |= envelope.Message is DeadNode report && report.Address == whom;
        return true;
    }

    protected override Message Said(NodeAddress to, Message message)
    {
        if (!isReported || message is not PeerList list) return message;
        PeerListEntry[] others = [.. list.Entries.Where(entry => entry.Address != whom)];
        return list with { Total = list.Total - (list.Entries.Length - others.Length), Entries = others };
    }
}

/// <summary>Refuses whom it knows already, as document 003's rule for votes says (SOURCES S5).</summary>
internal sealed class SeedNodeThatRefusesTheKnown(Node inner) : BuggyNode(inner)
{
    private readonly HashSet<NodeAddress> known = [];

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Leave) known.Remove(envelope.From);
        if (envelope.Message is Register && known.Contains(envelope.From))
            context.Send(envelope.From, new RegisterNack(RefusalReason.AlreadyVoted, 1000));
        else
            base.OnMessage(envelope, context);
    }

    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind == EventKind.EntryCommitted && ((Ballot)e.Detail!).Entry.IsAlive) known.Add(e.About);
        return e;
    }
}
