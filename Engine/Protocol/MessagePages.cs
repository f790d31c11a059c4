namespace GossipSim.Engine.Protocol;

/// <summary>
/// Lists that do not fit one message travel in pages. A message is a line of JSON on TCP, with a limit of bytes and of
/// entries in one list; the simulator has the same limits. A page is filled by what its items take at most, with the
/// longest addresses and numbers.
/// </summary>
public static class MessagePages
{
    /// <summary>Entries of one list, which receivers check too.</summary>
    public const int MostEntries = 200;

    /// <summary>
    /// Bytes that the items of one page may take: a line has 64 KiB, of which the rest is for the other fields and for
    /// the frame of a shared key.
    /// </summary>
    public const int Bytes = 60 * 1024;

    /// <summary>Bytes of a signature in base64, with its quotes and comma.</summary>
    public const int SignatureBytes = 91;

    // Bytes of one item with its comma. A test writes the longest item of each type and compares.
    public const int ClaimBytes = 224;
    public const int HeardVoteBytes = 175;
    public const int PeerListEntryBytes = 107;
    public const int OriginMarksBytes = 124;
    public const int GossipKeyBytes = 74;
    public const int AddressBytes = 24;

    /// <summary>How many items of a size fit a page.</summary>
    public static int RoomFor(int bytesPerItem) => Math.Min(MostEntries, Bytes / bytesPerItem);

    public static int Count(int items, int bytesPerItem)
    {
        var room = RoomFor(bytesPerItem);
        return (items + room - 1) / room;
    }

    /// <summary>The items of one page.</summary>
    /// <param name="page">From 0; beyond the last one there are none.</param>
    public static ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> items, int page, int bytesPerItem)
    {
        var room = RoomFor(bytesPerItem);
        var from = Math.Clamp((long)page * room, 0, items.Length);
        return items.Slice((int)from, Math.Min(room, items.Length - (int)from));
    }
}
