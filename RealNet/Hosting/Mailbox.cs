using System.Threading.Channels;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// What waits for one node, in order. Posting never blocks; connections that deliver messages ask for room first, so
/// a slow node slows those who write to it (through TCP) and keeps its memory.
/// </summary>
internal sealed class Mailbox(int capacity)
{
    private readonly Channel<Work> works =
        Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Lock gate = new();
    private int messages;
    private TaskCompletionSource? room;

    public void Post(in Work work)
    {
        if (work.Kind == WorkKind.Received)
        {
            Interlocked.Increment(ref messages);
            work.Connection!.Posted();
        }

        works.Writer.TryWrite(work);
    }

    public bool IsFull => Volatile.Read(ref messages) >= capacity;

    public Task RoomAsync()
    {
        lock (gate)
        {
            if (!IsFull) return Task.CompletedTask;
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task;
        }
    }

    public ValueTask<bool> WaitAsync() => works.Reader.WaitToReadAsync();

    public bool TryTake(out Work work)
    {
        if (!works.Reader.TryRead(out work)) return false;
        if (work.Kind != WorkKind.Received) return true;
        work.Connection!.Taken();
        if (Interlocked.Decrement(ref messages) < capacity && Volatile.Read(ref room) is not null) TellRoom();
        return true;
    }

    /// <summary>Ends the waiting of everybody. What is still inside is never taken.</summary>
    public void Close()
    {
        works.Writer.TryComplete();
        Interlocked.Add(ref messages, int.MinValue / 2);   // never full again: nobody would make room
        TellRoom();
    }

    private void TellRoom()
    {
        lock (gate)
        {
            room?.TrySetResult();
            room = null;
        }
    }
}
