namespace GossipSim.Engine.Simulation;

/// <summary>
/// The objects that waiting events speak of, by number: events themselves hold no references. One object that goes to
/// many receivers is kept once. Only its own worker adds and frees; all read, and may renew while they pass an object
/// on: whoever does so in a window writes the same number.
/// </summary>
internal sealed class Parcels(int worker)
{
    private const int WorkerShift = 26;
    private const int SlabShift = 12;
    private const int SlabSize = 1 << SlabShift;
    private const int FewestPlaces = 64;

    private const long Free = long.MaxValue;

    /// <summary>How many objects one worker's events can speak of at a time.</summary>
    private const int Limit = 1 << WorkerShift;

    /// <summary>No parcel: the last number of the last worker is never given.</summary>
    public const uint None = uint.MaxValue;

    public const int WorkerLimit = 1 << (32 - WorkerShift);

    private readonly Stack<int> free = new();

    // Copied when it is full: another worker that still reads the one before finds there all that was sent to it.
    private Content[] contents = new Content[FewestPlaces];

    // Of each the last window in which an event that speaks of it was made, or arrives if that is far; no window comes
    // after that of a free place. Slabs never move: another worker may be renewing while this one grows.
    private long[][] lastWindows = [];
    private int used;

    /// <summary>A value: where objects are put into an array of objects, each is asked for its type first.</summary>
    private readonly record struct Content(object? Object);

    public object this[uint number] => contents[number & (Limit - 1)].Object!;

    public static int WorkerOf(uint number) => (int)(number >> WorkerShift);

    public uint Add(object content, long window)
    {
        if (!free.TryPop(out var place)) place = Grow();
        contents[place] = new Content(content);
        LastWindowOf((uint)place) = window;
        return ((uint)worker << WorkerShift) | (uint)place;
    }

    /// <summary>Another event, made in this window and not far, speaks of it.</summary>
    public void Renew(uint number, long window)
    {
        ref var last = ref LastWindowOf(number);
        if (last < window) last = window;
    }

    /// <summary>Frees what no waiting event can speak of any more.</summary>
    /// <param name="window">Nothing that was made before this window still waits.</param>
    public void FreeOlderThan(long window)
    {
        for (var slab = 0; slab < lastWindows.Length; slab++)
        {
            var windows = lastWindows[slab];
            for (var place = 0; place < windows.Length; place++)
            {
                if (windows[place] >= window) continue;
                windows[place] = Free;
                contents[(slab << SlabShift) + place] = default;
                free.Push((slab << SlabShift) + place);
            }
        }
    }

    private ref long LastWindowOf(uint number)
    {
        var place = number & (Limit - 1);
        return ref lastWindows[place >> SlabShift][place & (SlabSize - 1)];
    }

    private int Grow()
    {
        if (used == Limit - 1) throw new InvalidOperationException($"more than {Limit:N0} messages on their way");
        if (used == contents.Length) Array.Resize(ref contents, 2 * used);
        if (used == lastWindows.Length * SlabSize) lastWindows = [.. lastWindows, NewSlab()];
        return used++;
    }

    private static long[] NewSlab()
    {
        var slab = new long[SlabSize];
        Array.Fill(slab, Free);
        return slab;
    }
}
