using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

public enum InputKind : byte
{
    Start,
    Message,
    Timer,
    LinkDown,
}

/// <summary>All that a host ever hands to a node: a process is a function of its start and of these.</summary>
/// <param name="Now">When the host took it from the mailbox, by the node's own clock.</param>
/// <param name="From">The sender of a message, or the neighbor whose link went down.</param>
public readonly record struct Input(
    InputKind Kind, Instant Now, NodeAddress From = default, int Hops = 0, Message? Message = null,
    ProtocolTimer Timer = default)
{
    /// <summary>A message by its name on the wire, a timer by its kind, anything else by what it is.</summary>
    public string Name => Kind switch
    {
        InputKind.Message => WireName.Of(Message!.GetType().Name),
        InputKind.Timer => Timer.Kind.ToString(),
        _ => Kind.ToString(),
    };

    /// <summary>Lets the node handle it.</summary>
    public void Handle(Node node, in NodeContext context)
    {
        switch (Kind)
        {
            case InputKind.Start:
                node.OnStart(context);
                break;
            case InputKind.Message:
                node.OnMessage(new Envelope(From, context.Self, Hops, Message!), context);
                break;
            case InputKind.Timer:
                node.OnTimer(Timer, context);
                break;
            case InputKind.LinkDown:
                node.OnLinkDown(From, context);
                break;
            default:
                throw new InvalidOperationException($"no input {Kind}");
        }
    }
}
