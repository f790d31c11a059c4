using System.Text;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Tests.Scenarios.Graphs;

/// <summary>
/// A device that gives a text again and again, as yes(1) does: without an end to whoever reads it, and with one for a
/// test that waits in vain for the reader to give up.
/// </summary>
internal sealed class RepeatedText(string first, string then, long mostBytes) : ForwardStream
{
    private readonly byte[] first = Encoding.UTF8.GetBytes(first);
    private readonly byte[] then = Encoding.UTF8.GetBytes(then);
    private long given;

    public override int Read(Span<byte> buffer)
    {
        if (given > mostBytes) throw new InvalidOperationException($"{given} bytes were read, and more are wanted");
        for (var at = 0; at < buffer.Length; at++, given++)
            buffer[at] = given < first.Length ? first[given] : then[(given - first.Length) % then.Length];
        return buffer.Length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));
}
