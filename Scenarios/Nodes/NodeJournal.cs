using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// What a stand-alone node reports, on a thread of its own into the documents' logs; written out whenever nothing more
/// waits, so that a kill loses no line that was due.
/// </summary>
internal sealed class NodeJournal : ITrace, IDisposable
{
    /// <summary>
    /// Events that may wait to be written; then the node waits too, so that memory stays bounded. Our choice.
    /// </summary>
    private const int MostWaiting = 4096;

    private readonly BlockingCollection<(NodeAddress Node, Instant Now, ProtocolEvent Event)> waiting =
        new(MostWaiting);

    private readonly LineBudget budget = new();
    private readonly Lock gate = new();
    private readonly RunLogs logs;
    private readonly Thread thread;

    /// <summary>Why nothing is written any more, as on a full disk.</summary>
    public TaskCompletionSource<Exception> Failed { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeJournal(RunLogs logs)
    {
        this.logs = logs;
        thread = new Thread(Write) { IsBackground = true, Name = "logs" };
        thread.Start();
    }

    /// <summary>Hears every event as it happens, before it is written.</summary>
    public event Action<ProtocolEvent>? Heard;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        Heard?.Invoke(protocolEvent);
        bool isAdmitted;
        ProtocolEvent? note;
        lock (gate) isAdmitted = budget.Admits(now, protocolEvent, out note);
        if (note is { } leftOut) waiting.Add((node, now, leftOut));
        if (isAdmitted) waiting.Add((node, now, protocolEvent));
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Write()
    {
        try
        {
            foreach (var (node, now, e) in waiting.GetConsumingEnumerable())
            {
                logs.Report(node, now, e);
                if (waiting.Count == 0) logs.Flush();
            }
        }
        catch (IOException error)
        {
            Failed.TrySetResult(error);
            // A thread that reports must not wait for ever.
            foreach (var _ in waiting.GetConsumingEnumerable())
            {
            }
        }
    }
}
