namespace GossipSim.Scenarios.CommandLine;

/// <summary>A stream whose first bytes may be looked at before it is read from its beginning, also where it is a pipe.
/// </summary>
internal sealed class BegunStream : ForwardStream
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

    public override int Read(Span<byte> buffer)
    {
        if (given == beginning.Length)
            return rest.Read(buffer);
        int count = Math.Min(buffer.Length, beginning.Length - given);
        beginning.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
