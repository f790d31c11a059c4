using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>A stream that counts what was read of it.</summary>
internal sealed class CountedStream(Stream stream) : ForwardStream
{
    /// <summary>Bytes that were read.</summary>
    public long Given { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        Given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }
}
