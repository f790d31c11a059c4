namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// A stream that is read up to a limit, for inputs of which only the end says how long they are: pipes, devices, and
/// what a few packed bytes unfold to.
/// </summary>
internal sealed class LimitedStream(Stream stream, long mostBytes, string displayName) : ForwardStream
{
    private long given;

    /// <exception cref="UsageException">There is more than allowed.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        given += count;
        return given <= mostBytes
            ? count
            : throw new UsageException($"{displayName}: there is more than the {mostBytes} bytes that are allowed");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
