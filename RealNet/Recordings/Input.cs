using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

public enum InputKind : byte
{
    Start,
    Message,
    Timer,
    LinkDown,
}

/// <summary>All that a host ever hands to a node: a process is a function of its start and of these.</summary>
/// <param name="Now">When the host took it from the mailbox.</param>
/// <param name="From">The sender of a message, or the neighbor whose link went down.</param>
public readonly record struct Input(
    InputKind Kind, Instant Now, NodeAddress From = default, int Hops = 0, Message? Message = null,
    ProtocolTimer Timer = default)
{
    /// <summary>Lets the node handle it.</summary>
    internal void Handle(Node node, in NodeContext context)
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
