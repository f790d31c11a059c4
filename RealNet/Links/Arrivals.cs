using GossipSim.RealNet.Hosting;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What came over one connection and is under way still, as far as the weather goes: it reaches the node's mailbox when
/// its time has come, in order. That is at the receiving end, so that what a process has sent arrives even if it dies,
/// and its end comes behind. One timer serves all of it.
/// </summary>
internal sealed class Arrivals(ProcessWire wire)
{
    private readonly Lock gate = new();
    private readonly Queue<(Work Work, long Due)> underWay = new();
    private Timer? timer;
    private TaskCompletionSource? room;
    private long latest;
    private bool isOver;

    /// <summary>
    /// Our choice: as much may be under way as may wait for a node. Beyond it the connection is not read, as when TCP's
    /// window is full, and what is sent waits at its sender.
    /// </summary>
    public bool AreMany
    {
        get
        {
            lock (gate) return underWay.Count >= wire.Limits.MailboxMessages;
        }
    }

    /// <param name="takes">In microseconds, from now on. Nothing overtakes what was added before it.</param>
    public void Add(in Work work, long takes)
    {
        lock (gate)
        {
            var now = wire.Now;
            latest = Math.Max(latest, now + takes);
            if (isOver)
            {
                PostEnd(work);
                return;
            }

            if (underWay.Count == 0 && latest <= now)
            {
                wire.Mailbox.Post(work);
                return;
            }

            underWay.Enqueue((work, latest));
            if (underWay.Count == 1) WakeAt(latest, now);
        }
    }

    /// <summary>Done when there is room for more.</summary>
    public Task RoomAsync()
    {
        lock (gate)
        {
            if (underWay.Count < wire.Limits.MailboxMessages) return Task.CompletedTask;
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task;
        }
    }

    /// <summary>
    /// What is under way arrives no more, but for the connection's end: without it a link would wait for its dial for
    /// ever.
    /// </summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            foreach (var (work, _) in underWay) PostEnd(work);
            underWay.Clear();
            timer?.Dispose();
            TellRoom();
        }
    }

    private void PostEnd(in Work work)
    {
        if (work.Kind == WorkKind.Ended) wire.Mailbox.Post(work);
    }

    private void Arrive()
    {
        lock (gate)
        {
            if (isOver) return;
            var now = wire.Now;
            while (underWay.TryPeek(out var next) && next.Due <= now)
            {
                underWay.Dequeue();
                wire.Mailbox.Post(next.Work);
            }

            if (underWay.Count < wire.Limits.MailboxMessages) TellRoom();
            if (underWay.TryPeek(out var first)) WakeAt(first.Due, now);
        }
    }

    private void WakeAt(long due, long now)
    {
        timer ??= new Timer(_ => Arrive(), null, Timeout.Infinite, Timeout.Infinite);
        timer.Change(Milliseconds.UpTo(due - now), Timeout.Infinite);
    }

    private void TellRoom()
    {
        room?.TrySetResult();
        room = null;
    }
}
