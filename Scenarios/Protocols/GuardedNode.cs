using System.Diagnostics;
using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// Runs a node that users wrote. Tells its links, so that faults can strike the hub and the overlay can be drawn; and
/// an exception in it is a finding about that protocol, reported with its place, not the end of the program.
/// </summary>
internal sealed class GuardedNode(Func<Node> create, IReadOnlyList<NodeAddress> neighbors) : Node
{
    private Node? node;

    public override int Epoch => node?.Epoch ?? 0;

    public override int TableEntries => node?.TableEntries ?? 0;

    public override bool Knows(NodeAddress address) =>
        neighbors.Contains(address) || (node?.Knows(address) ?? false);

    public override void OnStart(in NodeContext context)
    {
        foreach (var neighbor in neighbors) context.Report(new ProtocolEvent(EventKind.NeighborAdded, neighbor));
        try
        {
            node = create();
            node.OnStart(context);
        }
        catch (Exception thrown)
        {
            Stop(thrown, nameof(OnStart), context);
        }
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        try
        {
            node?.OnMessage(envelope, context);
        }
        catch (Exception thrown)
        {
            Stop(thrown, $"{nameof(OnMessage)} of {envelope.Message.GetType().Name}", context);
        }
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        try
        {
            node?.OnTimer(timer, context);
        }
        catch (Exception thrown)
        {
            Stop(thrown, $"{nameof(OnTimer)} of {timer.Kind}", context);
        }
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        try
        {
            node?.OnLinkDown(neighbor, context);
        }
        catch (Exception thrown)
        {
            Stop(thrown, nameof(OnLinkDown), context);
        }
    }

    /// <summary>Who failed once would only add to the confusion: it handles nothing more.</summary>
    private void Stop(Exception thrown, string handler, in NodeContext context)
    {
        node = null;
        var detail = $"{thrown.GetType().Name} in {handler}{PlaceOf(thrown)}: {thrown.Message}";
        context.Report(new ProtocolEvent(EventKind.HandlerThrew, Detail: detail));
    }

    private static string PlaceOf(Exception thrown)
    {
        var frame = new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileName() is not null);
        return frame is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $" ({Path.GetFileName(frame.GetFileName())}:{frame.GetFileLineNumber()})");
    }
}
