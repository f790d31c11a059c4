using System.Buffers;

namespace GossipSim.RealNet.Links;

/// <summary>One message as its line, made once and shared by all links that carry it.</summary>
internal sealed record Frame(byte[] Line, bool IsGossip);

/// <summary>
/// What waits to leave on one link. It belongs to the link and not to a connection, so that a connection that loses
/// against a simultaneous one takes nothing with it. Bounded: when it is full the oldest gossip gives way (the
/// digests in PING repair that), control messages stay.
/// </summary>
internal sealed class Outbox(int capacity, int capacityBytes = int.MaxValue, OutboxRoom? room = null)
{
    // All control messages and no gossip: whoever lets so many pile up is not reading.
    private const int HardLimitFactor = 4;

    private readonly Lock gate = new();
    private readonly Queue<Frame> frames = new();
    private int gossip;
    private int bytes;
    private int overtaken;   // the oldest gossip frames still in the queue that were dropped
    private long fullSince = NeverFull;

    private const long NeverFull = long.MaxValue;

    public bool IsEmpty => Count == 0;

    public int Count
    {
        get
        {
            lock (gate) return frames.Count - overtaken;
        }
    }

    /// <summary>Since when it has been full, in microseconds of the run; the greatest number when it is not.</summary>
    public long FullSince => Volatile.Read(ref fullSince);

    /// <returns>How many messages were dropped for it.</returns>
    public int Add(Frame frame, long now)
    {
        lock (gate)
        {
            var dropped = 0;
            var limit = RoomNow();
            while (bytes > limit - frame.Line.Length)
            {
                if (fullSince == NeverFull) Volatile.Write(ref fullSince, now);
                if (gossip == 0) return dropped + 1;   // nothing but control messages, and who gets them reads none
                dropped += DropGossip();
            }

            if (frames.Count - overtaken >= capacity)
            {
                if (fullSince == NeverFull) Volatile.Write(ref fullSince, now);
                if (gossip > overtaken)
                {
                    dropped++;
                    if (++overtaken > capacity) Compact();
                }
                else if (frame.IsGossip || frames.Count - overtaken >= capacity * HardLimitFactor)
                {
                    return dropped + 1;
                }
            }

            frames.Enqueue(frame);
            Fill(frame.Line.Length);
            if (frame.IsGossip) gossip++;
            return dropped;
        }
    }

    /// <summary>
    /// Takes messages for one write: a single one as it is, several as one run of bytes in the buffer, which is rented
    /// when it is needed. Empty when there is nothing.
    /// </summary>
    public ReadOnlyMemory<byte> Take(ref byte[]? buffer, int writeBytes, out int count)
    {
        count = 0;
        lock (gate)
        {
            if (!TryDequeue(out var first)) return default;
            count = 1;
            if (frames.Count - overtaken == 0 || first.Line.Length >= writeBytes) return first.Line;
            buffer ??= ArrayPool<byte>.Shared.Rent(writeBytes);
            first.Line.CopyTo(buffer, 0);
            var used = first.Line.Length;
            while (TryPeek(out var next) && used + next.Line.Length <= buffer.Length)
            {
                TryDequeue(out _);
                next.Line.CopyTo(buffer, used);
                used += next.Line.Length;
                count++;
            }

            return buffer.AsMemory(0, used);
        }
    }

    /// <returns>How many messages were waiting.</returns>
    public int Clear()
    {
        lock (gate)
        {
            var waiting = frames.Count - overtaken;
            frames.Clear();
            gossip = overtaken = 0;
            Fill(-bytes);
            Volatile.Write(ref fullSince, NeverFull);
            return waiting;
        }
    }

    private int RoomNow() => room?.For(capacityBytes) ?? capacityBytes;

    private void Fill(int change)
    {
        bytes += change;
        room?.Add(change);
    }

    private bool TryPeek(out Frame frame)
    {
        SkipOvertaken();
        return frames.TryPeek(out frame!);
    }

    private bool TryDequeue(out Frame frame)
    {
        SkipOvertaken();
        if (!frames.TryDequeue(out frame!)) return false;
        Fill(-frame.Line.Length);
        if (frame.IsGossip) gossip--;
        var isHalfEmpty = frames.Count - overtaken <= capacity / 2 && bytes <= capacityBytes / 2;
        if (isHalfEmpty) Volatile.Write(ref fullSince, NeverFull);
        return true;
    }

    private void SkipOvertaken()
    {
        while (overtaken > 0 && frames.TryPeek(out var frame) && frame.IsGossip)
        {
            frames.Dequeue();
            Fill(-frame.Line.Length);
            overtaken--;
            gossip--;
        }
    }

    // The older half at once: letting go costs a walk over all that waits.
    private int DropGossip()
    {
        var dropped = (gossip - overtaken + 1) / 2;
        overtaken += dropped;
        Compact();
        return dropped;
    }

    // Dropped frames are otherwise let go as the link moves on; on one that does not move they would pile up.
    private void Compact()
    {
        for (var left = frames.Count; left > 0; left--)
        {
            var frame = frames.Dequeue();
            if (frame.IsGossip && overtaken > 0)
            {
                Fill(-frame.Line.Length);
                overtaken--;
                gossip--;
            }
            else
            {
                frames.Enqueue(frame);
            }
        }
    }
}
