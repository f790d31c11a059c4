namespace GossipSim.Scenarios.Results;

/// <summary>
/// The links of one node by the indexes of their other ends: a plain array, because most nodes have a handful. Hubs get
/// an index beside it, so that no link of theirs costs a walk over all of them.
/// </summary>
internal struct NeighborSet
{
    /// <summary>Our choice: up to here a walk over the array is as fast as a look into an index.</summary>
    private const int MostWithoutIndex = 128;

    private int[]? items;
    private Dictionary<int, int>? placeOf;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<int> Items => items.AsSpan(0, Count);

    public readonly bool Contains(int neighbor) => PlaceOf(neighbor) >= 0;

    /// <returns>Whether it was not there before.</returns>
    public bool Add(int neighbor)
    {
        if (Contains(neighbor)) return false;
        items ??= new int[4];
        if (Count == items.Length) Array.Resize(ref items, items.Length * 2);
        placeOf?.Add(neighbor, Count);
        items[Count++] = neighbor;
        if (placeOf is null && Count > MostWithoutIndex) Index();
        return true;
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(int neighbor)
    {
        var at = PlaceOf(neighbor);
        if (at < 0) return false;
        var last = items![--Count];
        items[at] = last;
        if (placeOf is null) return true;
        placeOf[last] = at;
        placeOf.Remove(neighbor);
        return true;
    }

    /// <summary>One that changes by itself from now on.</summary>
    public readonly NeighborSet Copy() => new()
    {
        items = Count == 0 ? null : Items.ToArray(),
        placeOf = placeOf is null ? null : new Dictionary<int, int>(placeOf),
        Count = Count,
    };

    public void Clear() => (Count, placeOf) = (0, null);

    private readonly int PlaceOf(int neighbor)
    {
        if (placeOf is null) return Items.IndexOf(neighbor);
        return placeOf.TryGetValue(neighbor, out var at) ? at : -1;
    }

    private void Index()
    {
        placeOf = new Dictionary<int, int>(2 * Count);
        for (var at = 0; at < Count; at++) placeOf.Add(items![at], at);
    }
}
