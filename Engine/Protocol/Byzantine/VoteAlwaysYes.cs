namespace GossipSim.Engine.Protocol;

/// <summary>Votes YES on every proposal at once, without a probe and whatever it voted before.</summary>
internal sealed class VoteAlwaysYes(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    public override bool OnReceive(in Envelope envelope, in NodeContext context)
    {
        if (!IsSeedNode(envelope.From) || envelope.Message is not Propose propose) return false;
        TellSeedNodes(YesTo(propose), context);
        return true;
    }

    /// <summary>Its own proposals too, before the honest node has looked.</summary>
    public override Message? OnSend(NodeAddress to, Message message, in NodeContext context)
    {
        if (message is Propose propose) context.Send(to, YesTo(propose));
        return message;
    }

    private static Vote YesTo(Propose propose) =>
        new(propose.Proposal, propose.Entry, Yes: true, RefusalReason.None, Known: null);
}
