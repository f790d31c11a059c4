using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The messages that came in lately, each at the place that its key names, until another takes it. Copies follow the
/// first receipt closely, so most are recognized here by one look at one cache line.
/// </summary>
[InlineArray(Places)]
internal struct RecentMessages
{
    /// <summary>Our choice: some more than are under way at a time. A power of two.</summary>
    private const int Places = 64;

    private Gossip? first;

    public readonly bool Holds(Gossip gossip) => ReferenceEquals(this[PlaceOf(gossip.KeyFingerprint)], gossip);

    public void Add(Gossip gossip) => this[PlaceOf(gossip.KeyFingerprint)] = gossip;

    public void Remove(in GossipKey key)
    {
        ref var place = ref this[PlaceOf(key.Fingerprint())];
        if (place is not null && place.Key == key) place = null;
    }

    private static int PlaceOf(ulong fingerprint) => (int)(fingerprint % Places);
}
