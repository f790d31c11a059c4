using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// All timers of a run in one heap with one thread: it sleeps until the earliest and posts what is due to its
/// process, never early. Timers of dead processes run out here and are ignored there.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly RunClock clock;
    private readonly TimeSpan sweepInterval;
    private readonly Action sweep;
    private readonly object gate = new();   // Monitor.Wait needs an object
    private readonly PriorityQueue<(NodeProcess Process, ProtocolTimer Timer), (long Due, long Order)> due = new();
    private readonly Thread thread;
    private long order;
    private long wakesAt;
    private bool isStopped;

    public TimerQueue(RunClock clock, TimeSpan sweepInterval, Action sweep)
    {
        this.clock = clock;
        this.sweepInterval = sweepInterval;
        this.sweep = sweep;
        thread = new Thread(Run) { IsBackground = true, Name = "timers" };
    }

    public void Start() => thread.Start();

    public void Add(NodeProcess process, ProtocolTimer timer, TimeSpan after)
    {
        // Rounded up to the microsecond above: firing early is the one thing a timer must not do.
        var at = clock.Now.Microseconds + 1 + (Math.Max(0, after.Ticks) / TimeSpan.TicksPerMicrosecond);
        lock (gate)
        {
            due.Enqueue((process, timer), (at, order++));
            if (at < wakesAt) Monitor.Pulse(gate);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private void Run()
    {
        var nextSweep = clock.Now + sweepInterval;
        while (true)
        {
            lock (gate)
            {
                if (isStopped) return;
                PostDue(clock.Now.Microseconds);
                wakesAt = nextSweep.Microseconds;
                if (due.TryPeek(out _, out var first)) wakesAt = Math.Min(wakesAt, first.Due);
                var wait = wakesAt - clock.Now.Microseconds;
                // Monitor waits whole milliseconds and cuts the rest off.
                if (wait > 0) Monitor.Wait(gate, TimeSpan.FromMicroseconds(wait + 999));
                wakesAt = 0;
                if (isStopped) return;
            }

            if (clock.Now < nextSweep) continue;
            sweep();
            nextSweep = clock.Now + sweepInterval;
        }
    }

    private void PostDue(long now)
    {
        while (due.TryPeek(out var next, out var priority) && priority.Due <= now)
        {
            due.Dequeue();
            next.Process.Mailbox.Post(new Work(WorkKind.Timer, Timer: next.Timer));
        }
    }
}
