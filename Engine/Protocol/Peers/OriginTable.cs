namespace GossipSim.Engine.Protocol;

/// <summary>
/// The windows of all origins heard, in the order in which they were first heard. While they are few they are looked
/// through; beyond that an open-addressed index tells where each is.
/// </summary>
internal struct OriginTable
{
    /// <summary>Our choice: so many windows are six cache lines in a row, about as fast as an index.</summary>
    private const int FewAtMost = 16;

    private OriginWindow[] windows;

    /// <summary>Place + 1 of a window; 0 is free. At most half full.</summary>
    private int[]? index;

    public OriginTable() => windows = new OriginWindow[2];

    public int Count { get; private set; }

    public readonly ref OriginWindow this[int place] => ref windows[place];

    /// <param name="fingerprint">Of origin and epoch.</param>
    /// <returns>Where the window of that origin is; -1 when it has none.</returns>
    public readonly int PlaceOf(NodeAddress origin, int epoch, ulong fingerprint)
    {
        if (index is null)
        {
            for (var place = 0; place < Count; place++)
                if (windows[place].IsOf(origin, epoch)) return place;
            return -1;
        }

        for (var slot = First(fingerprint, index); index[slot] > 0; slot = Next(slot, index))
            if (windows[index[slot] - 1].IsOf(origin, epoch)) return index[slot] - 1;
        return -1;
    }

    /// <summary>Makes a window for an origin that has none.</summary>
    public int Open(NodeAddress origin, int epoch, ulong fingerprint)
    {
        if (Count == windows.Length) Array.Resize(ref windows, Count + Math.Max(2, Count / 2));
        windows[Count] = new OriginWindow(origin, epoch);
        Count++;
        if (index is not null && 2 * Count <= index.Length) Enter(fingerprint, Count, index);
        else if (Count > FewAtMost) Index();
        return Count - 1;
    }

    private void Index()
    {
        index = new int[index is null ? 4 * FewAtMost : 2 * index.Length];
        for (var place = 0; place < Count; place++)
            Enter(GossipKey.OriginFingerprint(windows[place].Origin, windows[place].Epoch), place + 1, index);
    }

    private static void Enter(ulong fingerprint, int entry, int[] index)
    {
        var slot = First(fingerprint, index);
        while (index[slot] > 0) slot = Next(slot, index);
        index[slot] = entry;
    }

    private static int First(ulong fingerprint, int[] index) => (int)fingerprint & (index.Length - 1);

    private static int Next(int slot, int[] index) => (slot + 1) & (index.Length - 1);
}
