using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Writes a log on a thread of its own, in the order of the reports: formatting and compressing cost more than all
/// else that a report starts, and on TCP they would be part of the latencies that the run measures.
/// </summary>
internal sealed class WriterThread : IDisposable
{
    private const int BatchSize = 1024;

    /// <summary>Batches that may wait; then reporting waits too, so that memory stays bounded.</summary>
    private const int WaitingBatches = 64;

    /// <summary>How old a batch may get, so that logs can be followed during a run.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(0.5);

    private readonly ILogWriter writer;
    private readonly EventSample? sample;
    private readonly Action afterBatch;
    private readonly BlockingCollection<Work> work = new(WaitingBatches);
    private readonly ConcurrentQueue<Reported[]> written = new();   // to be filled again
    private readonly Thread thread;
    private Reported[] batch = new Reported[BatchSize];
    private int count;
    private Instant oldest;
    private ExceptionDispatchInfo? failure;

    /// <param name="sample">What of the reports is written; null: everything.</param>
    /// <param name="afterBatch">Called on the thread after every batch.</param>
    public WriterThread(ILogWriter writer, EventSample? sample, Action afterBatch)
    {
        this.writer = writer;
        this.sample = sample;
        this.afterBatch = afterBatch;
        thread = new Thread(Write) { IsBackground = true, Name = "run log" };
        thread.Start();
    }

    /// <summary>How many of the reports the log has, or will have.</summary>
    public long Kept { get; private set; }

    public void Report(long seq, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (sample is not null && !sample.Keeps(node, protocolEvent)) return;
        Kept++;
        if (count == 0) oldest = now;
        batch[count++] = new Reported(seq, node, now, protocolEvent);
        if (count == BatchSize || now - oldest > LongestWait) HandOver(then: null);
    }

    /// <summary>Has something written between the events before this call and those after it.</summary>
    public void Between(Action then) => HandOver(then);

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">Something could not be written, as on a full disk.</exception>
    public void Complete()
    {
        if (work.IsAddingCompleted) return;
        HandOver(then: null);
        work.CompleteAdding();
        thread.Join();
        failure?.Throw();
    }

    public void Dispose()
    {
        if (!work.IsAddingCompleted) work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void HandOver(Action? then)
    {
        if (count == 0 && then is null) return;
        work.Add(new Work(batch, count, then));
        batch = written.TryDequeue(out var empty) ? empty : new Reported[BatchSize];
        count = 0;
    }

    private void Write()
    {
        foreach (var item in work.GetConsumingEnumerable())
        {
            // After a failure the rest is taken and dropped, so that nobody waits for ever; Complete tells.
            if (failure is not null) continue;
            try
            {
                WriteBatch(item);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    private void WriteBatch(in Work item)
    {
        foreach (ref readonly var reported in item.Batch.AsSpan(0, item.Count))
            writer.Write(reported.Seq, reported.Node, reported.Now, reported.Event);
        item.Then?.Invoke();
        afterBatch();
        item.Batch.AsSpan(0, item.Count).Clear();
        written.Enqueue(item.Batch);
    }

    private readonly record struct Reported(long Seq, NodeAddress Node, Instant Now, ProtocolEvent Event);

    private readonly record struct Work(Reported[] Batch, int Count, Action? Then);
}
