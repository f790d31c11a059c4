using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Counts what the nodes of one worker send, by kind of message. A flood sends the same object over and over, so most
/// messages cost one comparison. One message is kept of each kind of which none was weighed, so that a rare kind has a
/// size too.
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

        /// <summary>The message with the smallest chance, while none was weighed.</summary>
        public Message? Spare;

        public ulong SpareChance = ulong.MaxValue;
    }

    /// <summary>What the workers of a network counted, by kind in the order of names.</summary>
    public static IEnumerable<SentTraffic> Sum(IReadOnlyList<TrafficTally> tallies)
    {
        return tallies.SelectMany(tally => tally.counts, (tally, entry) => (tally, entry.Key, entry.Value))
            .GroupBy(count => count.Key)
            .OrderBy(kind => kind.Key.Name, StringComparer.Ordinal)
            .Select(kind => Total(kind.Key, [.. kind.Select(count => count.Value)]));

        SentTraffic Total(Type kind, List<Count> parts)
        {
            var sent = new SentTraffic(
                kind, parts.Sum(count => count.Messages), parts.Sum(count => count.Weighed),
                parts.Sum(count => count.WeighedBytes));
            return sent.Weighed > 0
                ? sent
                : sent with { SpareBytes = tallies[0].SizeOf(parts.MinBy(count => count.SpareChance)!.Spare) };
        }
    }

    /// <param name="chance">
    /// Which inputs are weighed: a number of the sender's own, so that no count of threads changes it.
    /// </param>
    public void Add(Message message, int copies, ulong chance)
    {
        if (!ReferenceEquals(message, latest)) Take(message);
        latestCount.Messages += copies;
        if (sizeOf is null) return;
        if ((chance & mask) == 0) Weigh(message, copies);
        else if (latestCount.Weighed == 0 && chance < latestCount.SpareChance)
            (latestCount.Spare, latestCount.SpareChance) = (message, chance);
    }

    private int? SizeOf(Message? message) => message is null ? null : sizeOf?.Invoke(message);

    private void Weigh(Message message, int copies)
    {
        if (latestSize == Unknown) latestSize = sizeOf!(message);
        latestCount.Weighed += copies;
        latestCount.WeighedBytes += (long)copies * latestSize;
        latestCount.Spare = null;
    }

    private void Take(Message message)
    {
        (latest, latestSize) = (message, Unknown);
        if (counts.TryGetValue(message.GetType(), out var known)) latestCount = known;
        else counts.Add(message.GetType(), latestCount = new Count());
    }
}
