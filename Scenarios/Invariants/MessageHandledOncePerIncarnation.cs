using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>A process delivers each message at most once, and its own not at all.</summary>
internal sealed class MessageHandledOncePerIncarnation() : Invariant("messageHandledOncePerIncarnation")
{
    private const int BitsPerWord = 64;

    public override IReadOnlyList<EventKind> Hears =>
    [
        EventKind.ProcessStarted, EventKind.GossipDelivered, EventKind.GossipPublished,
    ];

    private readonly Dictionary<GossipKey, int> places = [];

    /// <summary>By node a bit for each message: nearly every process handles nearly every message.</summary>
    private ulong[]?[] handled = [];

    private Gossip? latest;
    private int latestPlace;

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        var index = world.Nodes.Of(node).Index;
        if (index >= handled.Length) Array.Resize(ref handled, Math.Max(index + 1, 2 * handled.Length));
        if (e.Kind == EventKind.ProcessStarted)
        {
            handled[index] = null;
            return;
        }

        var gossip = (Gossip)e.Detail!;
        var place = PlaceOf(gossip);
        ref var words = ref handled[index];
        if (words is null || place / BitsPerWord >= words.Length)
            Array.Resize(ref words, Math.Max((place / BitsPerWord) + 1, 2 * (words?.Length ?? 0)));
        ref var word = ref words[place / BitsPerWord];
        var bit = 1UL << (place % BitsPerWord);
        if ((word & bit) != 0) Violate($"{node} handled message {gossip.Key} again", now, node);
        word |= bit;
    }

    /// <summary>A message on its way is one object, told of many times in a row.</summary>
    private int PlaceOf(Gossip gossip)
    {
        if (ReferenceEquals(gossip, latest)) return latestPlace;
        if (!places.TryGetValue(gossip.Key, out var place)) places.Add(gossip.Key, place = places.Count);
        (latest, latestPlace) = (gossip, place);
        return place;
    }
}
