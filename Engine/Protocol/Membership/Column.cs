namespace GossipSim.Engine.Protocol;

/// <summary>
/// One field of all members, by place. It grows page by page: little is copied and little stands empty, which counts
/// where a list has a million members.
/// </summary>
internal sealed class Column<T>
{
    /// <summary>
    /// Our choice: large, so that the few heads of pages that all accesses read stay near the processor.
    /// </summary>
    private const int PageBits = 14;

    private const int PageSize = 1 << PageBits;

    private const int SmallestPage = 16;

    /// <summary>All are of full size but the first, which doubles up to it: most lists are short.</summary>
    private T[][] pages = [new T[SmallestPage]];

    public int Count { get; private set; }

    public ref T this[int place] => ref pages[place >> PageBits][place & (PageSize - 1)];

    public void Add(in T value)
    {
        var page = Count >> PageBits;
        if (page == pages.Length) pages = [.. pages, new T[PageSize]];
        else if (Count == pages[page].Length) Array.Resize(ref pages[page], 2 * Count);
        pages[page][Count++ & (PageSize - 1)] = value;
    }

    /// <summary>
    /// The fields at up to <paramref name="length"/> places, a power of two not above the size of a page, from a
    /// multiple of it on.
    /// </summary>
    public ReadOnlySpan<T> Slice(int start, int length) =>
        pages[start >> PageBits].AsSpan(start & (PageSize - 1), Math.Min(length, Count - start));
}
