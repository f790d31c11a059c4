using System.Diagnostics.CodeAnalysis;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// A dictionary that is there only while something is in it: most peers have nothing in most of their tables most of
/// the time. It cannot be walked through, so what it holds has no order that could matter.
/// </summary>
internal struct LazyTable<TKey, TValue>
    where TKey : notnull
{
    private Dictionary<TKey, TValue>? entries;

    public readonly int Count => entries is null ? 0 : entries.Count;

    public readonly bool ContainsKey(TKey key) => entries is not null && entries.ContainsKey(key);

    public readonly bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (entries is not null) return entries.TryGetValue(key, out value);
        value = default;
        return false;
    }

    public TValue this[TKey key]
    {
        readonly get => entries is null ? throw new KeyNotFoundException() : entries[key];
        set => (entries ??= [])[key] = value;
    }

    public void Add(TKey key, TValue value) => (entries ??= []).Add(key, value);

    public bool Remove(TKey key) => Remove(key, out _);

    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (entries is null || !entries.Remove(key, out value)) return false;
        if (entries.Count == 0) entries = null;
        return true;
    }

    public void Clear() => entries = null;
}
