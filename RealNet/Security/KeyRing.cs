namespace GossipSim.RealNet.Security;

/// <summary>
/// The shared keys that are good now. The first one makes codes, all of them check, so that keys change without a
/// moment at which two nodes do not understand each other: a new one is installed at all, then used by all, then the
/// old one is removed (as memberlist's ring, ANCHORS 2.7). May be changed while connections use it.
/// </summary>
public sealed class KeyRing
{
    /// <summary>More would only slow down who looks for one. Our choice.</summary>
    public const int Limit = 8;

    private volatile SharedKey[] keys;

    /// <exception cref="ArgumentException">No key, too many, or two of one name.</exception>
    public KeyRing(params IReadOnlyList<SharedKey> keys) => this.keys = Checked(keys);

    public IReadOnlyList<SharedKey> Keys => keys;

    internal SharedKey First => keys[0];

    /// <summary>Changes with every change of the keys: an array of its own.</summary>
    internal object Version => keys;

    /// <summary>From now on these are good, and no others.</summary>
    /// <exception cref="ArgumentException">No key, too many, or two of one name.</exception>
    public void Replace(IReadOnlyList<SharedKey> next) => keys = Checked(next);

    internal SharedKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in keys)
        {
            if (IsNamed(key, id)) return key;
        }

        return null;
    }

    internal static bool IsNamed(SharedKey key, ReadOnlySpan<byte> id)
    {
        if (id.Length != SharedKey.IdCharacters) return false;
        for (var index = 0; index < id.Length; index++)
        {
            if (key.Id[index] != id[index]) return false;
        }

        return true;
    }

    private static SharedKey[] Checked(IReadOnlyList<SharedKey> keys)
    {
        if (keys.Count is 0 or > Limit) throw new ArgumentException($"a ring has 1 to {Limit} keys, not {keys.Count}");
        var twice = keys.GroupBy(key => key.Id).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? [.. keys] : throw new ArgumentException($"the key {twice.Key} is there twice");
    }
}
