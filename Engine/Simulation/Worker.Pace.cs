using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Pace: a paused process handles nothing, a slow one takes its time for each input; both leave what comes in waiting
// in order. Their machines go on: they accept connections, send again what was lost and empty their outboxes.
internal sealed partial class Worker
{
    public void Pause(int index)
    {
        ref var node = ref nodes[index];
        if (node.Process is null || node.IsPaused) return;
        node.NeedMachine().IsPaused = true;
        node.Pace?.Interrupt(now);
        TellOfWorld(ref node, EventKind.ProcessPaused);
    }

    public void Resume(int index)
    {
        ref var node = ref nodes[index];
        if (!node.IsPaused) return;
        node.NeedMachine().IsPaused = false;
        TellOfWorld(ref node, EventKind.ProcessResumed);
        HandleWaiting(ref node);
    }

    public void SlowDown(int index, LatencyModel? processingDelay)
    {
        ref var node = ref nodes[index];
        if (processingDelay is not null)
        {
            (node.NeedMachine().Pace ??= new NodePace()).Delay = processingDelay;
            return;
        }

        if (node.Pace is not { Delay: not null } pace) return;
        pace.Delay = null;
        pace.Forget();
        HandleWaiting(ref node);
    }

    private void Dispatch(ref SimulatedNode node, in SimulatedEvent input)
    {
        switch (input.Kind)
        {
            case SimulatedEventKind.Retransmit: Retransmit(ref node, input); return;
            case SimulatedEventKind.Departure: GoOnSending(ref node, input); return;
            case SimulatedEventKind.OutboxDeadline: CheckOutbox(ref node, input); return;
            case SimulatedEventKind.Processed: EndWork(ref node, input); return;
            case SimulatedEventKind.Flushed when !node.IsPaused: Flush(ref node, input); return;
        }

        if (node.Process is null || (!node.IsPaused && node.Pace?.Delay is null))
        {
            Handle(ref node, input);
            return;
        }

        node.NeedMachine().Waiting.Enqueue(input);
        if (node.Pace is not { IsAtWork: true }) HandleWaiting(ref node);
    }

    private void HandleWaiting(ref SimulatedNode node)
    {
        while (!node.IsPaused && node.Machine?.Waiting is { } waiting && waiting.TryPeek(out var next))
        {
            if (node.Pace is { Delay: not null } pace && TakesTime(next.Kind))
            {
                BeginWork(ref node, pace);
                return;
            }

            Handle(ref node, waiting.Dequeue());
        }
    }

    private void BeginWork(ref SimulatedNode node, NodePace pace)
    {
        Add(new SimulatedEvent
        {
            Time = pace.Begin(now, node.Index, Mix64.Of(world.PaceKey, (ulong)node.Index)),
            Target = node.Index,
            Sender = node.Index,
            Number = pace.Round,
            Kind = SimulatedEventKind.Processed,
        });
    }

    private void EndWork(ref SimulatedNode node, in SimulatedEvent end)
    {
        if (node.Pace is not { IsAtWork: true } pace || pace.Round != end.Number) return;
        pace.End();
        Handle(ref node, node.Machine!.Waiting.Dequeue());
        HandleWaiting(ref node);
    }

    /// <summary>The machine accepts a connection, and a flush ends, without the process.</summary>
    private static bool TakesTime(SimulatedEventKind kind) =>
        kind is not (SimulatedEventKind.Dial or SimulatedEventKind.Flushed);

    private void Handle(ref SimulatedNode node, in SimulatedEvent input)
    {
        switch (input.Kind)
        {
            case SimulatedEventKind.Message: ReceiveMessage(ref node, input); break;
            case SimulatedEventKind.Timer or SimulatedEventKind.Injected: FireTimer(ref node, input); break;
            case SimulatedEventKind.Start: StartProcess(ref node); break;
            case SimulatedEventKind.Dial: ReceiveDial(ref node, input); break;
            case SimulatedEventKind.LinkDown: ReceiveLinkDown(ref node, input); break;
            case SimulatedEventKind.Corrupted: ReceiveCorrupted(ref node, input); break;
            case SimulatedEventKind.Broken: Break(ref node, input); break;
            case SimulatedEventKind.Refused: TellRefused(ref node, input); break;
            case SimulatedEventKind.Flushed: Flush(ref node, input); break;
        }
    }
}
