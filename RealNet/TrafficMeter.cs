using System.Collections.Concurrent;

namespace GossipSim.RealNet;

/// <summary>
/// What a run's transport carried and refused so far. Frames are messages on one link, HELLO and ERROR included.
/// </summary>
public sealed record TrafficCounters(
    long FramesSent, long FramesReceived, long BytesSent, long BytesReceived, long MessagesDropped,
    long ConnectionsOpened, IReadOnlyDictionary<string, long> Refused)
{
    /// <summary>How often a connection was not read for a while, because more came over it than the limit.</summary>
    public long Throttled { get; init; }

    /// <summary>Connections cut because their other end took or sent nothing as it should, with no word to say why.
    /// </summary>
    public long LinksBroken { get; init; }

    /// <summary>Errors of this program: see <see cref="InternalError"/>.</summary>
    public long InternalErrors { get; init; }
}

/// <summary>Counts for all connections of a run.</summary>
internal sealed class TrafficMeter
{
    private readonly ConcurrentDictionary<string, long> refused = new();
    private long framesSent;
    private long framesReceived;
    private long bytesSent;
    private long bytesReceived;
    private long dropped;
    private long opened;
    private long throttled;
    private long broken;
    private long internalErrors;

    public TrafficCounters Snapshot() => new(
        Interlocked.Read(ref framesSent), Interlocked.Read(ref framesReceived), Interlocked.Read(ref bytesSent),
        Interlocked.Read(ref bytesReceived), Interlocked.Read(ref dropped), Interlocked.Read(ref opened),
        refused.ToDictionary())
    {
        Throttled = Interlocked.Read(ref throttled),
        LinksBroken = Interlocked.Read(ref broken),
        InternalErrors = Interlocked.Read(ref internalErrors),
    };

    public void Sent(int frames, int bytes)
    {
        Interlocked.Add(ref framesSent, frames);
        Interlocked.Add(ref bytesSent, bytes);
    }

    public void Received(long bytes)
    {
        Interlocked.Increment(ref framesReceived);
        Interlocked.Add(ref bytesReceived, bytes);
    }

    /// <summary>Bytes that are no message: codes, and what comes of who was refused already.</summary>
    public void ReceivedBeside(long bytes) => Interlocked.Add(ref bytesReceived, bytes);

    public void Throttled() => Interlocked.Increment(ref throttled);

    public void InternalError() => Interlocked.Increment(ref internalErrors);

    public void Broke() => Interlocked.Increment(ref broken);

    public void Dropped(int messages) => Interlocked.Add(ref dropped, messages);

    public void Opened() => Interlocked.Increment(ref opened);

    public void Refused(string reason) => refused.AddOrUpdate(reason, 1, (_, count) => count + 1);
}
