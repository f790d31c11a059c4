using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// What a node does, held back until what it persisted is durable. Timers and reports need not wait: they leave
/// nothing that another node could see.
/// </summary>
internal sealed class NodeOutputs(
    NodeProcess process, LinkTable links, TimerQueue timers, INodeStore store, ITrace trace, Notary? notary,
    KindMeter kinds, Action<Exception> dropped)
    : ITransport, IScheduler, IStableStore, ITrace
{
    private readonly List<(NodeAddress To, Message? Message, int Hops)> waiting = [];
    private bool isUnflushed;
    private (Message Message, int Hops, Frame? Frame)? latest;

    public void Send(NodeAddress from, NodeAddress to, Message message, int hops) => waiting.Add((to, message, hops));

    public void Close(NodeAddress from, NodeAddress to) => waiting.Add((to, null, 0));

    public void SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after) => 
        timers.Add(process, timer, process.TrueSpan(after));

    public void Persist(NodeAddress node, StableRecord record)
    {
        store.Append(record);
        isUnflushed = true;
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        trace.Report(node, process.InputAt, protocolEvent);   // not by the node's own clock, which may be wrong

    public bool AreWaiting => waiting.Count > 0 || isUnflushed;

    public ValueTask PerformAsync()
    {
        if (isUnflushed) return FlushAndSendAsync();
        SendWaiting();
        return ValueTask.CompletedTask;
    }

    private async ValueTask FlushAndSendAsync()
    {
        isUnflushed = false;
        await store.FlushAsync();
        SendWaiting();
    }

    private void SendWaiting()
    {
        if (waiting.Count == 0) return;
        foreach (var (to, message, hops) in waiting)
        {
            if (message is null)
            {
                links.Flush();
                links.Close(to);
            }
            else if (FrameOf(message, hops) is { } frame)
            {
                kinds.Sent(message, frame.Line.Length);
                links.Send(to, frame);
            }
        }

        waiting.Clear();
        links.Flush();
        latest = null;
    }

    // A node sends one object to many neighbors in a row: its line is made once.
    /// <returns>Null when the message cannot be written as a line: it is dropped, and the node is none the worse.
    /// </returns>
    private Frame? FrameOf(Message message, int hops)
    {
        if (latest is { } known && ReferenceEquals(known.Message, message) && known.Hops == hops) return known.Frame;
        Frame? frame = null;
        try
        {
            frame = new Frame(MessageCodec.Encode(notary?.Seal(message) ?? message, hops), message is Gossip);
        }
        catch (Exception error)
        {
            dropped(error);
        }

        latest = (message, hops, frame);
        return frame;
    }
}
