using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Processes;

/// <summary>
/// One thread that starts the processes of all nodes and reads what they say. Starting belongs here because on Linux a
/// process that dies with its parent dies with the thread that started it.
/// </summary>
/// <remarks>
/// What the nodes report is told in the order of their common clock, each cause before what it led to. A node tells an
/// event before the messages that follow from it leave; so whatever led to an event of before this moment is in some
/// pipe at this moment. A round begins, then reads all pipes to their end, then tells what is older than its beginning.
/// </remarks>
internal sealed class ChildWatch : IDisposable
{
    /// <summary>A pipe holds no more on Linux and macOS (pipe(7)), so that one read empties it.</summary>
    public const int PipeBytes = 64 * 1024;

    /// <summary>What the report of a crash says that no fault of the run explains.</summary>
    private const string FromOutside = "killed from outside";

    /// <summary>How late an errand may be. Our choice.</summary>
    private const int GlanceMs = 5;

    private readonly RunClock clock;
    private readonly ITrace trace;
    private readonly Action<InternalError> fail;
    private readonly ConcurrentQueue<Action> errands = new();
    private readonly List<ChildProcess> children = [];
    private readonly PriorityQueue<Told, (long At, long Order)> waiting = new();
    private readonly Thread thread;
    private long order;
    private volatile bool isStopped;

    /// <param name="fail">
    /// Called when a process tells an internal error, ends though nobody ended it, or says what it should not.
    /// </param>
    public ChildWatch(RunClock clock, ITrace trace, Action<InternalError> fail)
    {
        (this.clock, this.trace, this.fail) = (clock, trace, fail);
        thread = new Thread(Run) { IsBackground = true, Name = "node processes" };
        thread.Start();
    }

    public Task<ChildProcess> LaunchAsync(NodeAddress address, NodeLaunch launch)
    {
        var launched = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        errands.Enqueue(() =>
        {
            try
            {
                var child = ChildProcess.Launch(address, launch);
                children.Add(child);
                launched.SetResult(child);
            }
            catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
            {
                launched.SetException(new IOException($"cannot start a process for {address}: {error.Message}", error));
            }
        });
        return launched.Task;
    }

    /// <summary>Tells what the network itself did to a node, in its place among what the nodes report.</summary>
    public Task TellAsync(NodeAddress node, ProtocolEvent protocolEvent)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        errands.Enqueue(() => Add(new Told(node, clock.Now, protocolEvent, told)));
        return told.Task;
    }

    /// <summary>After the last process has ended.</summary>
    public void Dispose()
    {
        isStopped = true;
        thread.Join();
    }

    private void Run()
    {
        while (!isStopped || !errands.IsEmpty || waiting.Count > 0)
        {
            // Before the look at the pipes: what is written between the two must wait for the next round.
            var begun = clock.Now;
            var found = Signals.WaitForAny([.. children.Select(child => child.Descriptor)], GlanceMs);
            for (var index = found.Length - 1; index >= 0; index--)
                if (found[index]) Read(children[index]);
            while (errands.TryDequeue(out var errand)) errand();
            while (waiting.TryPeek(out var next, out _) && next.At < begun) Tell(waiting.Dequeue());
        }
    }

    private void Read(ChildProcess child)
    {
        var isOver = false;
        try
        {
            isOver = !child.Read(word => Hear(child, word));
        }
        catch (Exception error) when (error is IOException or System.Text.Json.JsonException or InvalidDataException)
        {
            child.Kill();
            Stopped(child, error);
            isOver = true;
        }

        if (!isOver) return;
        children.Remove(child);
        child.ConcludeEnd();
        if (child.IsExpectedToEnd) return;
        var crash = new ProtocolEvent(EventKind.ProcessCrashed, Detail: FromOutside);
        if (child.WasKilled) Add(new Told(child.Address, clock.Now, crash, null));
        else Stopped(child, new InvalidOperationException("its process ended by itself"));
    }

    private void Hear(ChildProcess child, Word word)
    {
        if (word.Say == WordKind.Event)
        {
            child.NoteStart(word);
            Add(new Told(child.Address, new Instant(word.At), word.ToEvent(), null));
        }
        else if (word.Say == WordKind.Failed)
        {
            fail(word.ToInternalError(child.Address));
        }
        else
        {
            child.Note(word);
        }
    }

    private void Stopped(ChildProcess child, Exception error) =>
        fail(new InternalError(child.Address, error, InternalErrorOutcome.NodeStopped));

    private void Add(Told told) => waiting.Enqueue(told, (told.At.Microseconds, order++));

    private void Tell(Told told)
    {
        trace.Report(told.Node, told.At, told.Event);
        told.Done?.SetResult();
    }

    private sealed record Told(NodeAddress Node, Instant At, ProtocolEvent Event, TaskCompletionSource? Done);
}
