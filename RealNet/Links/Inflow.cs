using System.Buffers;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What came over one connection and was not cut into lines yet, in one piece. Most of thousands of connections wait
/// most of the time, so one with nothing unread holds no memory here.
/// </summary>
internal struct Inflow : IDisposable
{
    private byte[]? buffer;
    private int start;
    private int end;

    public readonly ReadOnlySequence<byte> Unread =>
        buffer is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(buffer, start, end - start);

    /// <summary>
    /// Room behind what is unread, for a quarter of so many bytes at least. It grows with a line whose end has not come
    /// yet; who reads lines limits them.
    /// </summary>
    public Memory<byte> RoomFor(int bytes)
    {
        buffer ??= ArrayPool<byte>.Shared.Rent(bytes);
        if (buffer.Length - end < bytes / 4) MakeRoom(buffer, bytes / 4);
        return buffer.AsMemory(end);
    }

    /// <summary>So many bytes were written into the room.</summary>
    public void Came(int bytes) => end += bytes;

    /// <summary>Only the last so many bytes are unread still.</summary>
    public void KeepLast(long bytes)
    {
        if (bytes == 0) Dispose();
        else start = end - (int)bytes;
    }

    public void Dispose()
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (null, 0, 0);
    }

    private void MakeRoom(byte[] from, int least)
    {
        var unread = from.AsSpan(start, end - start);
        var to = unread.Length + least <= from.Length ? from : ArrayPool<byte>.Shared.Rent(2 * from.Length);
        unread.CopyTo(to);
        if (to != from) ArrayPool<byte>.Shared.Return(from);
        (buffer, start, end) = (to, 0, unread.Length);
    }
}
