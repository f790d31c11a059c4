using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>What nodes sent of one kind of message.</summary>
/// <param name="Kind">As lines call it, such as PEER_LIST.</param>
/// <param name="Bytes">Their lines with the ends of line.</param>
public readonly record struct SentKind(string Kind, long Messages, long Bytes);

/// <summary>Counts what all nodes of a run send, by kind of message.</summary>
internal sealed class KindMeter
{
    private readonly ConcurrentDictionary<Type, Count> counts = new();

    private sealed class Count
    {
        public long Messages;
        public long Bytes;
    }

    public void Sent(Message message, int bytes)
    {
        var count = counts.GetOrAdd(message.GetType(), _ => new Count());
        Interlocked.Increment(ref count.Messages);
        Interlocked.Add(ref count.Bytes, bytes);
    }

    public IReadOnlyList<SentKind> Snapshot() =>
    [
        .. counts.Select(count => new SentKind(
                WireName.Of(count.Key.Name), Interlocked.Read(ref count.Value.Messages),
                Interlocked.Read(ref count.Value.Bytes)))
            .OrderBy(sent => sent.Kind, StringComparer.Ordinal),
    ];
}
