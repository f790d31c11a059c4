using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>What <see cref="MessageList"/> promises, by dictionaries and sets and without any care for speed.</summary>
internal sealed class PlainMessageList
{
    private readonly List<(NodeAddress Origin, int Epoch)> origins = [];
    private readonly HashSet<GossipKey> seen = [];
    private readonly Dictionary<GossipKey, Gossip> texts = [];
    private readonly Queue<GossipKey> byAge = new();

    public int Origins => origins.Count;

    public int Texts => byAge.Count;

    public GossipDigest Digest => new(seen.Count, seen.Aggregate(0UL, (xor, key) => xor ^ key.Fingerprint()));

    public Receipt Receive(Gossip gossip)
    {
        var key = gossip.Key;
        if (!origins.Contains((key.Origin, key.Epoch)))
        {
            if (origins.Count == MessageList.OriginLimit) return Receipt.Full;
            origins.Add((key.Origin, key.Epoch));
        }

        if (IsBelow(key)) return Receipt.Old;
        if (seen.Contains(key))
            return Text(key) is { } known && known.Hash != gossip.Hash ? Receipt.Forged : Receipt.Again;
        seen.Add(key);
        texts.Add(key, gossip);
        byAge.Enqueue(key);
        if (byAge.Count > MessageList.TextLimit) texts.Remove(byAge.Dequeue());
        return Receipt.First;
    }

    public bool HasSeen(GossipKey key) => seen.Contains(key) || IsBelow(key);

    public Gossip? Text(GossipKey key) => IsBelow(key) ? null : texts.GetValueOrDefault(key);

    public bool MarkMissed(GossipKey key) =>
        origins.Contains((key.Origin, key.Epoch)) && key.Number < High(key) && !HasSeen(key) && seen.Add(key);

    public OriginMarks[] Marks() =>
        [.. origins.Select(origin =>
        {
            var high = High(new GossipKey(origin.Origin, origin.Epoch, 0));
            var (seenBits, heldBits) = (0UL, 0UL);
            for (var age = 0; age < OriginWindow.Width; age++)
            {
                var key = new GossipKey(origin.Origin, origin.Epoch, high - age);
                if (seen.Contains(key)) seenBits |= 1UL << age;
                if (Text(key) is not null) heldBits |= 1UL << age;
            }

            return new OriginMarks(origin.Origin, origin.Epoch, high, seenBits, heldBits);
        })];

    private bool IsBelow(GossipKey key) => High(key) - key.Number >= OriginWindow.Width;

    private int High(GossipKey key) => seen
        .Where(other => other.Origin == key.Origin && other.Epoch == key.Epoch)
        .Select(other => other.Number).DefaultIfEmpty(0).Max();
}
