using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The messages that came in lately, each in the row that its key names, in place of the oldest there. Copies follow
/// the first receipt closely, so most are recognized here by one look at one cache line.
/// </summary>
internal struct RecentMessages
{
    /// <summary>
    /// Our choice: with 30 messages under way at a time one in a hundred is pushed out too early. Powers of two.
    /// </summary>
    private const int Rows = 16;

    private const int PerRow = 4;

    private Table table;

    /// <summary>Of each row the place of the oldest, in two bits.</summary>
    private uint oldest;

    [InlineArray(Rows)]
    private struct Table
    {
        private Row first;
    }

    [InlineArray(PerRow)]
    private struct Row
    {
        private Gossip? first;
    }

    // All of the row at once: at which place it is nobody foresees. Asked of every copy, so part of who asks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Holds(Gossip gossip)
    {
        ref readonly var row = ref table[RowOf(gossip.KeyFingerprint)];
        return ReferenceEquals(row[0], gossip) | ReferenceEquals(row[1], gossip)
            | ReferenceEquals(row[2], gossip) | ReferenceEquals(row[3], gossip);
    }

    public void Add(Gossip gossip)
    {
        var number = RowOf(gossip.KeyFingerprint);
        var place = (oldest >> (2 * number)) & (PerRow - 1);
        table[number][(int)place] = gossip;
        var following = (place + 1) & (PerRow - 1);
        oldest ^= (place ^ following) << (2 * number);
    }

    public void Remove(in GossipKey key)
    {
        foreach (ref var known in table[RowOf(key.Fingerprint())])
            if (known is not null && known.Key == key) known = null;
    }

    /// <summary>Where a message is looked for comes into the cache.</summary>
    public readonly void BringNear(Gossip gossip) => Prefetch.Value(in table[RowOf(gossip.KeyFingerprint)]);

    private static int RowOf(ulong fingerprint) => (int)(fingerprint % Rows);
}
