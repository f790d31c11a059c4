namespace GossipSim.Engine.Protocol;

/// <summary>
/// Finds the place of an address. The addresses stand in the list, so the table (open addressing, linear probing) has
/// no more than a place and half of the hash beside it, which tells nearly all other addresses apart without a look at
/// the list: 16 to 32 bytes a member, all in one piece.
/// </summary>
internal sealed class PlaceIndex(Column<MembershipEntry> entries)
{
    private const ulong Free = 0;

    /// <summary>
    /// Upper half: of the hash. Lower half: place + 1. At most half of the slots are taken, so that a search ends soon.
    /// </summary>
    private ulong[] slots = new ulong[16];

    private int taken;

    /// <summary>-1 where the address is not listed.</summary>
    public int Of(NodeAddress address)
    {
        var hash = HashOf(address);
        for (var slot = SlotOf(hash); slots[slot] != Free; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot] >> 32 != hash >> 32) continue;
            var place = (int)(uint)slots[slot] - 1;
            if (entries[place].Address == address) return place;
        }

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
        slots = new ulong[2 * slots.Length];
        for (var place = 0; place < taken - 1; place++) Put(place);
    }

    private void Put(int place)
    {
        var hash = HashOf(entries[place].Address);
        var slot = SlotOf(hash);
        while (slots[slot] != Free) slot = (slot + 1) & (slots.Length - 1);
        slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)(place + 1);
    }

    private static ulong HashOf(NodeAddress address) => Mix64.Of(address.Packed);

    private int SlotOf(ulong hash) => (int)hash & (slots.Length - 1);
}
