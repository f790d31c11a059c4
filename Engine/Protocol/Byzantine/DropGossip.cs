namespace GossipSim.Engine.Protocol;

/// <summary>
/// Takes gossip and passes nothing on but its own messages. It offers nobody else's, and its pings repeat the digest of
/// whom it pings, so that no difference shows.
/// </summary>
internal sealed class DropGossip(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    private readonly Dictionary<NodeAddress, GossipDigest> told = [];

    public override bool OnReceive(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Ping { Digest: { } digest } && Memory.Neighbors.Contains(envelope.From))
            told[envelope.From] = digest;
        else if (envelope.Message is Disconnect)
            told.Remove(envelope.From);
        return false;
    }

    public override Message? OnSend(NodeAddress to, Message message, in NodeContext context) => message switch
    {
        Gossip gossip => gossip.Origin == context.Self ? gossip : null,
        IHave have => OnlyOwn(have, context.Self),
        Ping { Digest: not null } => new Ping(told.GetValueOrDefault(to)),
        _ => message,
    };

    private static IHave? OnlyOwn(IHave have, NodeAddress self)
    {
        var own = Array.FindAll(have.Origins, marks => marks.Origin == self);
        return own.Length > 0 ? new IHave(own) : null;
    }
}
