namespace GossipSim.Engine.Protocol;

/// <summary>
/// The live members, oldest first. Stamps come nearly in order, so the places stand in a row of sorted blocks: most
/// members are appended to the last one, and putting one anywhere else moves a block's worth at most.
/// </summary>
internal sealed class Seniority(Column<MembershipEntry> entries)
{
    public const int BlockSize = 256;

    private readonly List<Block> blocks = [];

    private sealed class Block
    {
        public readonly int[] Places = new int[BlockSize];
        public int Count;
    }

    public int Count { get; private set; }

    public void Add(int place)
    {
        Count++;
        var index = BlockFor(place);
        if (index < 0)
        {
            blocks.Add(new Block());
            index = 0;
        }

        var block = blocks[index];
        var at = PositionIn(block, place);
        if (block.Count == BlockSize) block = Divide(index, ref at);
        Array.Copy(block.Places, at, block.Places, at + 1, block.Count - at);
        block.Places[at] = place;
        block.Count++;
    }

    /// <summary>Its entry must still be the one that it was added with.</summary>
    public void Remove(int place)
    {
        var index = BlockFor(place);
        if (index < 0) return;
        var block = blocks[index];
        var at = PositionIn(block, place);
        if (at == block.Count || block.Places[at] != place) return;
        Count--;
        block.Count--;
        Array.Copy(block.Places, at + 1, block.Places, at, block.Count - at);
        Unite(index);
    }

    /// <summary>Fills in the places of the oldest; returns how many there are.</summary>
    public int Oldest(Span<int> places)
    {
        var found = 0;
        foreach (var block in blocks)
        {
            var taken = Math.Min(block.Count, places.Length - found);
            block.Places.AsSpan(0, taken).CopyTo(places[found..]);
            found += taken;
            if (found == places.Length) break;
        }

        return found;
    }

    /// <summary>The last block whose first member is not younger, or the first block; -1 when there is none.</summary>
    private int BlockFor(int place)
    {
        var (low, high) = (0, blocks.Count - 1);
        // Most are as young as the youngest.
        if (high >= 0 && !IsOlder(place, blocks[high].Places[0])) return high;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (IsOlder(place, blocks[middle].Places[0])) high = middle - 1;
            else low = middle;
        }

        return Math.Min(low, blocks.Count - 1);
    }

    /// <summary>How many in the block are older.</summary>
    private int PositionIn(Block block, int place)
    {
        var (low, high) = (0, block.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsOlder(block.Places[middle], place)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>
    /// Makes room in a full block: at the end of the row by a new one, so that blocks filled in order stay full.
    /// </summary>
    private Block Divide(int index, ref int at)
    {
        var (block, next) = (blocks[index], new Block());
        blocks.Insert(index + 1, next);
        var kept = index + 2 == blocks.Count && at == BlockSize ? BlockSize : BlockSize / 2;
        next.Count = BlockSize - kept;
        Array.Copy(block.Places, kept, next.Places, 0, next.Count);
        block.Count = kept;
        if (at < kept || (at == kept && kept < BlockSize)) return block;
        at -= kept;
        return next;
    }

    /// <summary>Nothing stays empty, and two neighbors that are mostly empty become one.</summary>
    private void Unite(int index)
    {
        var block = blocks[index];
        if (block.Count == 0)
        {
            blocks.RemoveAt(index);
            return;
        }

        if (index + 1 == blocks.Count || block.Count + blocks[index + 1].Count > BlockSize / 2) return;
        var next = blocks[index + 1];
        Array.Copy(next.Places, 0, block.Places, block.Count, next.Count);
        block.Count += next.Count;
        blocks.RemoveAt(index + 1);
    }

    private bool IsOlder(int place, int thanPlace)
    {
        ref readonly var entry = ref entries[place];
        ref readonly var than = ref entries[thanPlace];
        return MembershipEntry.IsOlder(entry.JoinStamp, entry.Address, than.JoinStamp, than.Address);
    }
}
