using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// How fast a connection is read. Nothing is lost by it: who sends faster is slowed by TCP, because this end does not
/// read for a while. A connection may have so many messages waiting before its node and no more, so that one that
/// floods makes the others wait for no more than these; and it may bring so many lines a second.
/// </summary>
internal sealed partial class Connection
{
    private PaidTime pace;
    private long owed;              // by the lines that were read since the last look
    private Message? registration;  // waits for its turn, and what follows it waits with it, unseen
    private int inMailbox;
    private volatile TaskCompletionSource? share;

    /// <summary>Told by the mailbox.</summary>
    public void Posted() => Interlocked.Increment(ref inMailbox);

    /// <summary>Told by the mailbox: the node's loop has one of its messages.</summary>
    public void Taken()
    {
        if (Interlocked.Decrement(ref inMailbox) <= wire.Limits.MailboxShare / 2) share?.TrySetResult();
    }

    /// <summary>What the node's loop is asked to do with a message, in its turn.</summary>
    private bool MustWait => claim is not null || registration is not null;

    /// <summary>A line is worth what handling it costs: itself, and more when it is long.</summary>
    private void Charge(long lineBytes) => owed += 1 + (lineBytes / BytesPerCharge);

    // Our choice: as long as some four usual messages.
    private const int BytesPerCharge = 1024;

    /// <summary>Done when the next bytes may be read.</summary>
    private async Task KeepPaceAsync()
    {
        if (registration is { } held) await RegisterInTurnAsync(held);
        var limits = wire.Limits;
        var wait = pace.Charge(owed, limits.LinesPerSecond, limits.LinesAtOnce, wire.Now);
        owed = 0;
        if (wait > TimeSpan.Zero)
        {
            wire.Traffic.Throttled();
            await StandStillAsync(Task.Delay(wait));
        }

        if (Volatile.Read(ref inMailbox) >= limits.MailboxShare) await StandStillAsync(ShareAsync());
        if (wire.Mailbox.IsFull) await StandStillAsync(wire.Mailbox.RoomAsync());
        if (arrivals is { AreMany: true } many) await StandStillAsync(many.RoomAsync());
    }

    private async Task RegisterInTurnAsync(Message held)
    {
        var wait = wire.Registrations.Charge(Hello!.Address.Host, wire.Now);
        if (wait > TimeSpan.Zero)
        {
            wire.Traffic.Throttled();
            await StandStillAsync(Task.Delay(wait));
        }

        registration = null;
        if (!isDeaf) ArriveMessage(held, hops: 1);
    }

    /// <summary>Whoever is not read cannot be late: the rest of a line may wait in the sockets.</summary>
    private async Task StandStillAsync(Task until)
    {
        var since = Interlocked.Exchange(ref partialSince, Never);
        await Task.WhenAny(until, AbortAsync());
        if (since != Never && !isDeaf) Volatile.Write(ref partialSince, wire.Now);
        Volatile.Write(ref lastActivity, wire.Now);
    }

    private Task ShareAsync()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        share = waiting;
        // They may have been taken before anybody could tell.
        if (Volatile.Read(ref inMailbox) <= wire.Limits.MailboxShare / 2) waiting.TrySetResult();
        return waiting.Task;
    }
}
