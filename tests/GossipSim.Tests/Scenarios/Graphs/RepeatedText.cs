using System.Text;

namespace GossipSim.Tests.Scenarios.Graphs;

/// <summary>
/// A device that gives a text again and again, as yes(1) does: without an end to whoever reads it, and with one for a
/// test that waits in vain for the reader to give up.
/// </summary>
internal sealed class RepeatedText(string first, string then, long mostBytes) : Stream
{
    private readonly byte[] first = Encoding.UTF8.GetBytes(first);
    private readonly byte[] then = Encoding.UTF8.GetBytes(then);
    private long given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (given > mostBytes) throw new InvalidOperationException($"{given} bytes were read, and more are wanted");
        for (var at = 0; at < buffer.Length; at++, given++)
            buffer[at] = given < first.Length ? first[given] : then[(given - first.Length) % then.Length];
        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
