using System.Runtime.ExceptionServices;

// DESIGN section 2: in Engine only what executes windows may use threads. Nodes never see them.
#pragma warning disable RS0030

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Threads that work on the same window at the same time, one for each worker but the first, which is the caller's own.
/// They live from <see cref="Begin"/> to <see cref="Dispose"/>, and wait for each other in the shortest way there is: a
/// window may take no more than a few microseconds.
/// </summary>
internal sealed class WorkerGang : IDisposable
{
    private readonly Action<int> work;
    private readonly Exception?[] thrown;
    private readonly Thread[] threads;
    private int round;
    private int busy;
    private volatile bool isOver;

    /// <param name="work">Does the work of one worker, by its number.</param>
    public WorkerGang(int workers, Action<int> work)
    {
        this.work = work;
        thrown = new Exception?[workers];
        threads = new Thread[workers - 1];
        for (var index = 0; index < threads.Length; index++)
        {
            var number = index + 1;
            threads[index] = new Thread(() => Follow(number)) { IsBackground = true, Name = $"simulation {number}" };
            threads[index].Start();
        }
    }

    /// <summary>Every worker does its work once; done when all are.</summary>
    public void RunOnce()
    {
        Volatile.Write(ref busy, threads.Length);
        Interlocked.Increment(ref round);
        Try(0);
        var wait = default(SpinWait);
        while (Volatile.Read(ref busy) > 0) wait.SpinOnce(sleep1Threshold: -1);
        foreach (var exception in thrown)
            if (exception is not null) ExceptionDispatchInfo.Throw(exception);
    }

    public void Dispose()
    {
        isOver = true;
        foreach (var thread in threads) thread.Join();
    }

    private void Follow(int number)
    {
        for (var known = 0; ; known++)
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref round) == known)
            {
                if (isOver) return;
                wait.SpinOnce(sleep1Threshold: -1);
            }

            Try(number);
            Interlocked.Decrement(ref busy);
        }
    }

    private void Try(int number)
    {
        try
        {
            work(number);
        }
        catch (Exception exception)
        {
            thrown[number] = exception;
        }
    }
}
