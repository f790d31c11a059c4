using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Counts what the nodes of one worker send, by kind of message. Nothing is kept of a message: a flood sends the same
/// object over and over, so most of them cost one comparison.
/// </summary>
/// <param name="sizeOf">Null where sizes are not asked for.</param>
/// <param name="weighOneIn">A power of two: of how many inputs one has what it sends weighed.</param>
internal sealed class TrafficTally(Func<Message, int>? sizeOf, int weighOneIn)
{
    private readonly Dictionary<Type, Count> counts = [];
    private readonly ulong mask = (ulong)weighOneIn - 1;
    private Message? latest;
    private Count latestCount = new();
    private int latestSize = Unknown;

    private const int Unknown = -1;

    private sealed class Count
    {
        public long Messages;
        public long Weighed;
        public long WeighedBytes;
    }

    public IEnumerable<SentTraffic> Sent => counts.Select(count => new SentTraffic(
        count.Key, count.Value.Messages, count.Value.Weighed, count.Value.WeighedBytes));

    /// <param name="chance">
    /// Which inputs are weighed: a number of the sender's own, so that no count of threads changes it.
    /// </param>
    public void Add(Message message, int copies, ulong chance)
    {
        if (!ReferenceEquals(message, latest)) Take(message);
        latestCount.Messages += copies;
        if (sizeOf is null || (chance & mask) != 0) return;
        if (latestSize == Unknown) latestSize = sizeOf(message);
        latestCount.Weighed += copies;
        latestCount.WeighedBytes += (long)copies * latestSize;
    }

    private void Take(Message message)
    {
        (latest, latestSize) = (message, Unknown);
        if (counts.TryGetValue(message.GetType(), out var known)) latestCount = known;
        else counts.Add(message.GetType(), latestCount = new Count());
    }
}
