namespace GossipSim.Engine.Protocol;

/// <summary>
/// Finds the place of an address. The addresses stand in the list, so the table (open addressing, linear probing) has
/// nothing but places: 8 to 16 bytes a member, where a dictionary takes 30 to 60.
/// </summary>
internal sealed class PlaceIndex(Column<MembershipEntry> entries)
{
    private const int Free = 0;

    /// <summary>Place + 1, or free; at most half of it is taken, so that a search ends soon.</summary>
    private int[] slots = new int[16];

    private int taken;

    /// <summary>-1 where the address is not listed.</summary>
    public int Of(NodeAddress address)
    {
        for (var slot = SlotOf(address); slots[slot] != Free; slot = (slot + 1) & (slots.Length - 1))
            if (entries[slots[slot] - 1].Address == address) return slots[slot] - 1;
        return -1;
    }

    /// <summary>An address that was not listed before now stands at that place.</summary>
    public void Add(int place)
    {
        if (2 * ++taken > slots.Length) Double();
        Put(place);
    }

    private void Double()
    {
        var former = slots;
        slots = new int[2 * former.Length];
        foreach (var slot in former)
            if (slot != Free) Put(slot - 1);
    }

    private void Put(int place)
    {
        var slot = SlotOf(entries[place].Address);
        while (slots[slot] != Free) slot = (slot + 1) & (slots.Length - 1);
        slots[slot] = place + 1;
    }

    private int SlotOf(NodeAddress address) => (int)Mix64.Of(address.Packed) & (slots.Length - 1);
}
