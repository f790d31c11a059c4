using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// A list that only grows. It grows by pages that are never copied: a doubled array leaves its halves behind, and among
/// many peers that is most of what they allocate. Only the first page begins small.
/// </summary>
/// <param name="first">For how many there is room at first; a power of two up to the length of a page.</param>
internal struct PagedList<T>(int first)
    where T : struct
{
    /// <summary>Our choice: two kilobytes of windows, half of one of references. A power of two.</summary>
    public const int PageLength = 64;

    /// <summary>By how much the first page and the list of pages grow: few steps leave little behind.</summary>
    private const int Growth = 4;

    /// <summary>Where the next goes.</summary>
    private T[] last = new T[first];

    /// <summary>Null while there is but one.</summary>
    private T[]?[]? pages;

    public int Count { get; private set; }

    public readonly ref T this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)Count);
            var page = pages is null ? last : pages[(uint)place / PageLength]!;
            return ref At(page, place);
        }
    }

    /// <summary>Where the next goes comes into the cache.</summary>
    public readonly void BringEndNear() => Prefetch.Item(in last, (int)((uint)Count % PageLength));

    /// <summary>One more, as it is by default.</summary>
    public ref T Add()
    {
        if (Count % PageLength == 0 && Count > 0) AddPage();
        else if (Count == last.Length) Array.Resize(ref last, Math.Min(PageLength, Growth * Count));
        return ref At(last, Count++);
    }

    /// <summary>
    /// Without the check of bounds, which would wait for the beginning of the page: the count was checked instead.
    /// </summary>
    private static ref T At(T[] page, int place) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), (uint)place % PageLength);

    private void AddPage()
    {
        var number = Count / PageLength;
        if (pages is null) pages = [last, null, null, null];
        else if (number == pages.Length) Array.Resize(ref pages, Growth * number);
        pages[number] = last = new T[PageLength];
    }
}
