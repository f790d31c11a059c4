using System.Runtime.CompilerServices;

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

    /// <summary>How many objects one worker's events can speak of at a time.</summary>
    private const int Limit = 1 << WorkerShift;

    /// <summary>No parcel: the last number of the last worker is never given.</summary>
    public const uint None = uint.MaxValue;

    public const int WorkerLimit = 1 << (32 - WorkerShift);

    private readonly Stack<int> free = new();

    // Slabs never move: another worker may be renewing while this one grows.
    private Parcel[][] slabs = [];
    private int used;

    private struct Parcel
    {
        public object? Content;

        /// <summary>The last window in which an event that speaks of it was made, or arrives if that is far.</summary>
        public long LastWindow;
    }

    public object this[uint number] => At(number).Content!;

    public static int WorkerOf(uint number) => (int)(number >> WorkerShift);

    public uint Add(object content, long window)
    {
        if (!free.TryPop(out var place)) place = Grow();
        var number = ((uint)worker << WorkerShift) | (uint)place;
        At(number) = new Parcel { Content = content, LastWindow = window };
        return number;
    }

    /// <summary>Another event, made in this window and not far, speaks of it.</summary>
    public void Renew(uint number, long window)
    {
        ref var last = ref At(number).LastWindow;
        if (last < window) last = window;
    }

    /// <summary>Frees what no waiting event can speak of any more.</summary>
    /// <param name="window">Nothing that was made before this window still waits.</param>
    public void FreeOlderThan(long window)
    {
        for (var place = 0; place < used; place++)
        {
            ref var parcel = ref At((uint)place);
            if (parcel.Content is null || parcel.LastWindow >= window) continue;
            parcel.Content = null;
            free.Push(place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Parcel At(uint number)
    {
        var place = number & (Limit - 1);
        return ref slabs[place >> SlabShift][place & (SlabSize - 1)];
    }

    private int Grow()
    {
        if (used == Limit - 1) throw new InvalidOperationException($"more than {Limit:N0} messages on their way");
        if (used == slabs.Length * SlabSize) slabs = [.. slabs, new Parcel[SlabSize]];
        return used++;
    }
}
