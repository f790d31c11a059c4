namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// A stream that is read up to a limit, for inputs of which only the end says how long they are: pipes, devices, and
/// what a few packed bytes unfold to.
/// </summary>
internal sealed class LimitedStream(Stream stream, long mostBytes, string displayName) : Stream
{
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

    /// <exception cref="UsageException">There is more than allowed.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        given += count;
        return given <= mostBytes
            ? count
            : throw new UsageException($"{displayName}: there is more than the {mostBytes} bytes that are allowed");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
