using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Replaying;

/// <summary>How a node may depend on what is not its own.</summary>
internal enum Fickleness
{
    StaticCounter,
    Guid,
    IdentityHash,
}

/// <summary>A peer that, from its n-th input on, also does what no two runs do alike.</summary>
internal sealed class FickleNode(Node node, Fickleness how, int from) : Node
{
    private static long counter;

    private int inputs;

    public override int Epoch => node.Epoch;

    public override int TableEntries => node.TableEntries;

    public override void OnStart(in NodeContext context)
    {
        node.OnStart(context);
        Waver(context);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        node.OnMessage(envelope, context);
        Waver(context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        node.OnTimer(timer, context);
        Waver(context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        node.OnLinkDown(neighbor, context);
        Waver(context);
    }

    private void Waver(in NodeContext context)
    {
        if (++inputs < from) return;
        var drawn = how switch
        {
            Fickleness.StaticCounter => Interlocked.Increment(ref counter),
            Fickleness.Guid => BitConverter.ToInt64(Guid.NewGuid().ToByteArray()) & long.MaxValue,
            Fickleness.IdentityHash => FirstByIdentity(),
            _ => throw new InvalidOperationException($"no {how}"),
        };
        context.SetTimer(new ProtocolTimer(TimerKind.Watch, Round: drawn), TimeSpan.FromHours(1));
    }

    /// <summary>Which of many objects comes first when they are sorted by where the runtime put them.</summary>
    private static long FirstByIdentity() => Enumerable.Range(0, 1000).Select(number => (number, Key: new object()))
        .MinBy(pair => RuntimeHelpers.GetHashCode(pair.Key)).number;
}
