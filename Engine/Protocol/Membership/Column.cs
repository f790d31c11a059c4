namespace GossipSim.Engine.Protocol;

/// <summary>
/// One field of all members, by place. It grows page by page: nothing is copied and little stands empty, which counts
/// where a list has a million members.
/// </summary>
internal sealed class Column<T>
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    private readonly List<T[]> pages = [];

    public int Count { get; private set; }

    public ref T this[int place] => ref pages[place >> PageBits][place & (PageSize - 1)];

    public void Add(in T value)
    {
        if (Count == pages.Count << PageBits) pages.Add(new T[PageSize]);
        this[Count++] = value;
    }

    /// <summary>
    /// The fields at up to <paramref name="length"/> places, a power of two not above the size of a page, from a
    /// multiple of it on.
    /// </summary>
    public ReadOnlySpan<T> Slice(int start, int length) =>
        pages[start >> PageBits].AsSpan(start & (PageSize - 1), Math.Min(length, Count - start));
}
