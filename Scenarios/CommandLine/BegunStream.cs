namespace GossipSim.Scenarios.CommandLine;

/// <summary>A stream whose first bytes may be looked at before it is read from its beginning, also where it is a pipe.
/// </summary>
internal sealed class BegunStream : Stream
{
    private readonly Stream rest;
    private readonly byte[] beginning;
    private int given;

    /// <param name="count">How many bytes to look at; fewer if the stream ends before.</param>
    public BegunStream(Stream stream, int count)
    {
        rest = stream;
        var bytes = new byte[count];
        beginning = bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }

    public ReadOnlySpan<byte> Beginning => beginning;

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
        if (given == beginning.Length)
            return rest.Read(buffer);
        int count = Math.Min(buffer.Length, beginning.Length - given);
        beginning.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
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
            rest.Dispose();
        base.Dispose(disposing);
    }
}
