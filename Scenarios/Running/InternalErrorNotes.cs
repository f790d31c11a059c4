using System.Collections.Concurrent;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The internal errors of a network in words, as they occur. Only the first ones: an input that makes a node fail may
/// come again and again, and the count of all is in the summary.
/// </summary>
internal sealed class InternalErrorNotes
{
    /// <summary>Our choice.</summary>
    private const int Most = 10;

    private readonly ConcurrentQueue<string> texts = new();
    private readonly Action<string>? tell;
    private int count;

    /// <param name="tell">Gets each note at once, on any thread; null: nobody waits for them.</param>
    public InternalErrorNotes(IHostedNetwork network, Action<string>? tell = null)
    {
        this.tell = tell;
        network.Failed += Note;
    }

    public IReadOnlyList<string> Texts => [.. texts];

    private void Note(InternalError error)
    {
        if (Interlocked.Increment(ref count) > Most) return;
        var text = $"{error.Node}: internal error, {InWords(error.Outcome)}: {error.Error.Message}";
        texts.Enqueue(text);
        tell?.Invoke(text);
    }

    private static string InWords(InternalErrorOutcome outcome) => outcome switch
    {
        InternalErrorOutcome.MessageDropped => "a message was not sent",
        InternalErrorOutcome.ConnectionClosed => "a connection was closed",
        InternalErrorOutcome.NodeRestarted => "the node starts again from its disk",
        _ => "the node was stopped",
    };
}
