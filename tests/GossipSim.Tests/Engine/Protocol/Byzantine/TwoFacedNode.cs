using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>
/// An address where two processes seem to live: it registers one of them with these seed nodes and the other with
/// those, and answers each seed node's probe as the one that this one expects.
/// </summary>
internal sealed class TwoFacedNode(NodeAddress[] seedNodes) : Node
{
    private static readonly TimeSpan again = TimeSpan.FromSeconds(3);

    public override void OnStart(in NodeContext context)
    {
        // To the first and the second only: each opens a vote of its own at the same epoch.
        foreach (var seedNode in seedNodes.AsSpan(0, 2))
            context.Send(seedNode, new Register(context.Self, Face(seedNode)));
        context.SetTimer(new ProtocolTimer(TimerKind.RegisterAgain), again);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Ping) context.Send(envelope.From, new Pong(Face(envelope.From), 0, 0, []));
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context) => OnStart(context);

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) { }

    private NodeId Face(NodeAddress seedNode) => new(1UL + ((ulong)Array.IndexOf(seedNodes, seedNode) % 2));
}
