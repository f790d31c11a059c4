using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// A file that is read up to a limit. What was packed may unfold to 64 MiB, and beyond that to a hundred times of what
/// was read: graphs unfold to ten or twenty times, and a small file cannot fill the memory.
/// </summary>
/// <param name="packed">The bytes from which the stream unfolds; null if it was not packed.</param>
internal sealed class LimitedInput(Stream stream, long mostBytes, CountedStream? packed, InputSource source)
    : ForwardStream
{
    private const long AlwaysAllowed = 64 << 20;
    private const int MostTimes = 100;

    private long given;

    /// <exception cref="Files.ScenarioException">There is more than allowed.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        given += count;
        if (given > mostBytes)
            throw source.Wrong(0, $"there is more than the {mostBytes} bytes that are allowed");
        if (packed is not null && given > AlwaysAllowed && given > MostTimes * packed.Given)
        {
            throw source.Wrong(
                0, $"it unfolds to more than {MostTimes} times its size; unpack it with gunzip and name the file "
                    + "that comes out");
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }
}
