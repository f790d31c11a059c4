using System.Buffers;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>The sending half: runs while there is something to send, many messages to a write.</summary>
internal sealed partial class Connection
{
    private Outbox? outbox;
    private byte[]? prelude;      // HELLO, before anything else
    private byte[]? lastLine;     // ERROR, after everything else
    private Finish finish;
    private bool aborted;
    private bool isPumping;
    private bool pumpAgain;
    private volatile bool hasRest;   // of a closed link, whose outbox nobody else takes from

    private enum Finish : byte
    {
        No,
        AfterOutbox,
        Now,
    }

    /// <summary>
    /// This connection is the link now: what waits in the outbox leaves on it, after the HELLO that is still owed.
    /// </summary>
    public void Establish(Outbox linkOutbox, byte[]? hello)
    {
        lock (gate)
        {
            outbox = linkOutbox;
            if (hello is not null) prelude ??= Introduced(hello);
        }

        Volatile.Write(ref lastActivity, wire.Now);
        Pump();
    }

    /// <summary>What waits in the outbox leaves, then the other end sees the end of the stream.</summary>
    /// <returns>Whether it leaves here: not when this end takes nothing more from the outbox already.</returns>
    public bool TryFinishAfterOutbox()
    {
        if (!End(Finish.AfterOutbox, null)) return false;
        hasRest = true;
        if (!wire.Has(this)) ForgetUnsent();
        return true;
    }

    /// <summary>It has ended: what was to leave here and nowhere else is lost.</summary>
    public void ForgetUnsent()
    {
        if (hasRest) outbox?.Clear();
    }

    /// <summary>
    /// Takes nothing more from the outbox, unless its rest was to leave here; the other end sees the last line, if any,
    /// and the end of the stream.
    /// </summary>
    public void FinishNow(Refusal reason = Refusal.None) =>
        End(Finish.Now, reason == Refusal.None ? null : ErrorLine(reason));

    /// <summary>Sends what there is, on this thread as far as the kernel takes it without waiting.</summary>
    public void Pump()
    {
        lock (gate)
        {
            if (!isConnected || aborted) return;
            pumpAgain = true;
            if (isPumping) return;
            isPumping = true;
        }

        _ = PumpAsync();
    }

    private static byte[] ErrorLine(Refusal reason) =>
        MessageCodec.Encode(new Error(WireName.Of(reason.ToString())), hops: 1);

    private bool End(Finish how, byte[]? line)
    {
        lock (gate)
        {
            if (finish == Finish.Now) return false;
            lastLine = line;
            // A closed link's last messages have nowhere else to leave; their time is not stretched by whoever goes on.
            if (finish == Finish.No) (finish, closingSince) = (how, wire.Now);
        }

        if (isConnected) Pump();
        else Abort();
        return true;
    }

    private async Task PumpAsync()
    {
        byte[]? buffer = null;
        byte[]? sealedBuffer = null;
        try
        {
            while (TryNext(ref buffer, out var bytes, out var count, out var isOver))
            {
                await ReachAsync(Way.To, Other);
                if (guard is not null) bytes = guard.Seal(bytes.Span, ref sealedBuffer);
                await SendAsync(bytes, count);
                if (!isOver) continue;
                EndSending();
                return;   // isPumping stays: nothing leaves after the end
            }

            if (departures is { AreGivenUp: true }) Abort();
        }
        catch (Exception error) when (IsEndOfConnection(error))
        {
            // The receive loop hears of it too and tells the node, after what is still to be read.
            sendEnded.Give();
        }
        catch (Exception error)
        {
            wire.Fail(error);
            Abort();
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            if (sealedBuffer is not null) ArrayPool<byte>.Shared.Return(sealedBuffer);
        }
    }

    private bool TryNext(ref byte[]? buffer, out ReadOnlyMemory<byte> bytes, out int count, out bool isOver)
    {
        isOver = false;
        while (true)
        {
            lock (gate)
            {
                pumpAgain = false;
                count = 1;
                bytes = prelude;
                prelude = null;
                if (!bytes.IsEmpty) return true;
                if ((finish != Finish.Now || IsHeldUp) && outbox is { } waiting)
                    bytes = TakeWaiting(waiting, ref buffer, out count);
                if (!bytes.IsEmpty) return true;
                isOver = finish != Finish.No && !IsHeldUp;
                bytes = isOver ? lastLine : null;
                count = bytes.IsEmpty ? 0 : 1;
                if (isOver) return true;
                isPumping = pumpAgain;
                if (!isPumping) return false;
            }
        }
    }
}
