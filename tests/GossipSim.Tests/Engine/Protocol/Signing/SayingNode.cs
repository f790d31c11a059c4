using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Says what the test wants, once a second, and answers probes as the process that it is.</summary>
internal sealed class SayingNode(NodeStart start, Func<IEnumerable<(NodeAddress To, Message Message)>> what) : Node
{
    public override void OnStart(in NodeContext context) =>
        context.SetTimer(new ProtocolTimer(TimerKind.Publish), TimeSpan.FromSeconds(1));

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is Ping) context.Send(envelope.From, new Pong(start.NodeId, 0, 0, []));
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        OnStart(context);
        foreach (var (to, message) in what()) context.Send(to, message);
    }
}
