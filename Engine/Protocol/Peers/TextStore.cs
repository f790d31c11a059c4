namespace GossipSim.Engine.Protocol;

/// <summary>
/// The texts of the latest messages, as many as there is room for: the oldest goes first. Each is numbered as it comes
/// and knows the one before it of the same origin, whose window knows the latest: so what is in a window is found in
/// few steps, without an index.
/// </summary>
/// <param name="limit">How many are held; a power of two.</param>
/// <param name="bytesLimit">How many bytes they may take together; the latest is held in any case.</param>
internal struct TextStore(int limit, long bytesLimit)
{
    /// <summary>What a message takes beside its id and its text: objects, hashes and address.</summary>
    private const int BytesBeside = 200;

    /// <summary>By number modulo the limit: a ring once it is full.</summary>
    private PagedList<Entry> entries = new(first: 16);

    private long latest;

    /// <summary>Up to this number nothing is held any more.</summary>
    private long forgotten;

    private long bytes;

    private struct Entry
    {
        /// <summary>Null when it was found to be below its origin's window.</summary>
        public Gossip? Text;

        /// <summary>The number of the origin's text before it; not above 0 when it has none.</summary>
        public long Previous;

        /// <summary>Counted until its number is forgotten, though its text may go before.</summary>
        public int Bytes;
    }

    /// <summary>Those included that are below their origins' windows.</summary>
    public readonly int Count => (int)(latest - forgotten);

    /// <summary>What a message takes, about.</summary>
    public static int BytesOf(Gossip gossip) =>
        BytesBeside + (sizeof(char) * (gossip.Id.Length + gossip.Text.Length));

    /// <summary>Keeps a text; with more than the limit the oldest goes.</summary>
    /// <param name="previous">The number of the same origin's text before it.</param>
    /// <returns>Its number, from 1.</returns>
    public long Add(Gossip gossip, long previous)
    {
        ForgetUpTo(latest + 1 - limit);
        ref var entry = ref (latest < limit ? ref entries.Add() : ref EntryOf(latest + 1));
        latest++;
        (entry.Text, entry.Previous) = (gossip, previous);
        entry.Bytes = BytesOf(gossip);
        bytes += entry.Bytes;
        while (bytes > bytesLimit && forgotten < latest - 1) ForgetUpTo(forgotten + 1);
        return latest;
    }

    /// <summary>The text of that number of a window's origin, if it is held and not below the window.</summary>
    public readonly Gossip? Find(ref OriginWindow window, int number)
    {
        ref var link = ref window.LatestText;
        while (IsHeld(link))
        {
            ref var entry = ref EntryOf(link);
            if (window.IsBelow(entry.Text!.Number))
            {
                Unlink(ref link, ref entry);
                continue;
            }

            if (entry.Text.Number == number) return entry.Text;
            link = ref entry.Previous;
        }

        return null;
    }

    /// <summary>Bit i: the text of the window's number High - i is held.</summary>
    public readonly ulong HeldOf(ref OriginWindow window)
    {
        var held = 0UL;
        ref var link = ref window.LatestText;
        while (IsHeld(link))
        {
            ref var entry = ref EntryOf(link);
            if (window.IsBelow(entry.Text!.Number))
            {
                Unlink(ref link, ref entry);
                continue;
            }

            held |= 1UL << (window.High - entry.Text.Number);
            link = ref entry.Previous;
        }

        return held;
    }

    /// <summary>So that what is below a window is passed by once only.</summary>
    private static void Unlink(ref long link, ref Entry entry)
    {
        link = entry.Previous;
        entry.Text = null;
    }

    private void ForgetUpTo(long number)
    {
        while (forgotten < number)
        {
            ref var entry = ref EntryOf(++forgotten);
            bytes -= entry.Bytes;
            entry.Text = null;
        }
    }

    private readonly bool IsHeld(long number) => number > forgotten;

    private readonly ref Entry EntryOf(long number) => ref entries[(int)(number - 1) & (limit - 1)];
}
