using System.Collections.Concurrent;
using System.Diagnostics;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// An honest member that does nothing but register, say that it lives, and ask one node again and again whether it
/// does: what others suffer from an attack is seen in how long the answers take.
/// </summary>
internal sealed class PingingMember(NodeStart start, NodeAddress[] seedNodes, NodeAddress asked) : Node
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<double> answers = new();
    private long since;
    private int down;

    public override int Epoch => epoch;

    private int epoch;

    /// <summary>How long each answer took, in milliseconds, in order.</summary>
    public double[] Answers => [.. answers];

    public bool IsMember => epoch > 0;

    public int LinksLost => Volatile.Read(ref down);

    /// <summary>The next question goes over a connection of its own.</summary>
    public static ProtocolTimer Reconnect => new(TimerKind.Repair);

    public override void OnStart(in NodeContext context) => Register(context);

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        switch (envelope.Message)
        {
            case Ping:
                context.Send(envelope.From, new Pong(start.NodeId, epoch, 0, []));
                break;
            case RegisterAck ack:
                if (epoch == 0) Ask(context);
                epoch = ack.Epoch;
                break;
            case RegisterNack:
                context.SetTimer(new ProtocolTimer(TimerKind.RegisterAgain), 10 * pause);
                break;
            case Pong when envelope.From == asked && since != 0:
                answers.Enqueue(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                since = 0;
                context.SetTimer(new ProtocolTimer(TimerKind.Liveness), pause);
                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (timer.Kind == TimerKind.RegisterAgain) Register(context);
        if (timer.Kind == TimerKind.Liveness && since == 0) Ask(context);
        if (timer.Kind != TimerKind.Repair) return;
        context.Close(asked);
        Ask(context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        if (epoch == 0)
        {
            context.SetTimer(new ProtocolTimer(TimerKind.RegisterAgain), 10 * pause);
        }
        else if (neighbor == asked)
        {
            Interlocked.Increment(ref down);
            // The time of the first question counts on: until it is answered the node is not there.
            context.Send(asked, new Ping(Digest: null));
        }
    }

    private void Register(in NodeContext context)
    {
        if (epoch == 0) context.Send(seedNodes[0], new Register(context.Self, start.NodeId));
    }

    private void Ask(in NodeContext context)
    {
        since = Stopwatch.GetTimestamp();
        context.Send(asked, new Ping(Digest: null));
    }
}
