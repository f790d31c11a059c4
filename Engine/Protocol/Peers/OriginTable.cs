namespace GossipSim.Engine.Protocol;

/// <summary>
/// The windows of all origins heard, in the order in which they were first heard. While they are few they are looked
/// through; beyond that an open-addressed index tells where each is.
/// </summary>
internal struct OriginTable
{
    /// <summary>Our choice: so many windows are four cache lines in a row, about as fast as an index.</summary>
    private const int FewAtMost = 8;

    /// <summary>Our choice: four cache lines at first, room for 48 origins.</summary>
    private const int SlotsAtFirst = 64;

    private PagedList<OriginWindow> windows;

    /// <summary>Of the windows by origin, when they are more than a few; at most three quarters full.</summary>
    private FingerprintIndex<uint> index;

    public OriginTable() => windows = new PagedList<OriginWindow>(FewAtMost / 2);

    public readonly int Count => windows.Count;

    public readonly ref OriginWindow this[int place] => ref windows[place];

    /// <param name="fingerprint">Of origin and epoch.</param>
    /// <returns>Where the window of that origin is; -1 when it has none.</returns>
    public readonly int PlaceOf(NodeAddress origin, int epoch, ulong fingerprint)
    {
        if (index.IsMade)
        {
            var slot = index.FirstSlot(fingerprint);
            while (index.TryNext(fingerprint, ref slot, out var place))
                if (windows[place].IsOf(origin, epoch)) return place;
            return -1;
        }

        for (var place = 0; place < Count; place++)
            if (windows[place].IsOf(origin, epoch)) return place;
        return -1;
    }

    /// <summary>Makes a window for an origin that has none.</summary>
    public int Open(NodeAddress origin, int epoch, ulong fingerprint)
    {
        var place = Count;
        windows.Add() = new OriginWindow(origin, epoch);
        if (index.IsMade && 4 * Count <= 3 * index.Slots) index.Enter(fingerprint, place);
        else if (Count > FewAtMost) Index();
        return place;
    }

    private void Index()
    {
        index = new FingerprintIndex<uint>(index.IsMade ? 2 * index.Slots : SlotsAtFirst);
        for (var place = 0; place < Count; place++)
        {
            ref var window = ref windows[place];
            index.Enter(GossipKey.OriginFingerprint(window.Origin, window.Epoch), place);
        }
    }
}
