using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Pace: a paused process handles nothing, a slow one takes its time for each input; both leave what comes in waiting
// in order. Their machines go on: they accept connections, send again what was lost and empty their outboxes.
public sealed partial class SimulatedNetwork
{
    private const ulong PaceStream = 0x7061636500000001UL;

    private readonly ulong paceKey;

    /// <summary>The process stops handling inputs; its machine goes on accepting them.</summary>
    public void Pause(NodeAddress address)
    {
        var node = At(address);
        if (node.Process is null || node.IsPaused) return;
        node.IsPaused = true;
        node.Pace?.Interrupt(now);
        ReportWorld(address, EventKind.ProcessPaused);
    }

    public void Resume(NodeAddress address)
    {
        var node = At(address);
        if (!node.IsPaused) return;
        node.IsPaused = false;
        ReportWorld(address, EventKind.ProcessResumed);
        HandleWaiting(node);
    }

    /// <summary>
    /// Each input of a node takes a processing delay from now on, drawn anew, and takes effect at its end; what comes
    /// in meanwhile waits. With null the node is at full speed again and handles at once what waits. A crash forgets
    /// what waits; the next process is as slow, but starts at once.
    /// </summary>
    public void SlowDown(NodeAddress address, LatencyModel? processingDelay)
    {
        var node = At(address);
        if (processingDelay is not null)
        {
            (node.Pace ??= new NodePace()).Delay = processingDelay;
            return;
        }

        if (node.Pace is not { Delay: not null } pace) return;
        pace.Delay = null;
        pace.Forget();
        HandleWaiting(node);
    }

    private void Dispatch(SimulatedNode node, in SimulatedEvent input)
    {
        switch (input.Kind)
        {
            case SimulatedEventKind.Retransmit: Retransmit(node, input); return;
            case SimulatedEventKind.Departure: GoOnSending(node, input); return;
            case SimulatedEventKind.OutboxDeadline: CheckOutbox(node, input); return;
            case SimulatedEventKind.Processed: EndWork(node, input); return;
            case SimulatedEventKind.Flushed when !node.IsPaused: Flush(node, input); return;
        }

        if (node.Process is null || (!node.IsPaused && node.Pace?.Delay is null))
        {
            Handle(node, input);
            return;
        }

        node.Waiting.Enqueue(input);
        if (node.Pace is not { IsAtWork: true }) HandleWaiting(node);
    }

    private void HandleWaiting(SimulatedNode node)
    {
        while (!node.IsPaused && node.Waiting.TryPeek(out var next))
        {
            if (node.Pace is { Delay: not null } pace && TakesTime(next.Kind))
            {
                BeginWork(node, pace);
                return;
            }

            Handle(node, node.Waiting.Dequeue());
        }
    }

    private void BeginWork(SimulatedNode node, NodePace pace)
    {
        queue.Add(new SimulatedEvent
        {
            Time = pace.Begin(now, node.Index, Mix64.Of(paceKey, (ulong)node.Index)),
            Sender = node.Index,
            Sequence = node.NextSequence(),
            Target = node.Index,
            Number = pace.Round,
            Kind = SimulatedEventKind.Processed,
        });
    }

    private void EndWork(SimulatedNode node, in SimulatedEvent end)
    {
        if (node.Pace is not { IsAtWork: true } pace || pace.Round != end.Number) return;
        pace.End();
        Handle(node, node.Waiting.Dequeue());
        HandleWaiting(node);
    }

    /// <summary>The machine accepts a connection, and a flush ends, without the process.</summary>
    private static bool TakesTime(SimulatedEventKind kind) =>
        kind is not (SimulatedEventKind.Dial or SimulatedEventKind.Flushed);

    private void Handle(SimulatedNode node, in SimulatedEvent input)
    {
        switch (input.Kind)
        {
            case SimulatedEventKind.Message: ReceiveMessage(node, input); break;
            case SimulatedEventKind.Timer: FireTimer(node, input); break;
            case SimulatedEventKind.Dial: ReceiveDial(node, input); break;
            case SimulatedEventKind.LinkDown: ReceiveLinkDown(node, input); break;
            case SimulatedEventKind.Corrupted: ReceiveCorrupted(node, input); break;
            case SimulatedEventKind.Broken: Break(node, input); break;
            case SimulatedEventKind.Refused: TellRefused(node, input); break;
            case SimulatedEventKind.Flushed: Flush(node, input); break;
        }
    }
}
