using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The messages that came in lately, each in the row that its key names, the newest first. Copies follow the first
/// receipt closely, so most are recognized here by one look at one cache line.
/// </summary>
[InlineArray(Rows * PerRow)]
internal struct RecentMessages
{
    /// <summary>
    /// Our choice: with 30 messages under way at a time one in a hundred is pushed out too early. Powers of two.
    /// </summary>
    private const int Rows = 16;

    private const int PerRow = 4;

    private Gossip? first;

    public bool Holds(Gossip gossip)
    {
        foreach (var known in RowOf(gossip.KeyFingerprint))
            if (ReferenceEquals(known, gossip)) return true;
        return false;
    }

    public void Add(Gossip gossip)
    {
        var row = RowOf(gossip.KeyFingerprint);
        row[..^1].CopyTo(row[1..]);
        row[0] = gossip;
    }

    public void Remove(in GossipKey key)
    {
        foreach (ref var known in RowOf(key.Fingerprint()))
            if (known is not null && known.Key == key) known = null;
    }

    [UnscopedRef]
    private Span<Gossip?> RowOf(ulong fingerprint) =>
        ((Span<Gossip?>)this).Slice((int)(fingerprint % Rows) * PerRow, PerRow);
}
