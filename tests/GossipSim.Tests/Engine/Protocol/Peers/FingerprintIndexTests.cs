using System.Numerics;
using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Where in a list something may be: every place that was entered is found, the latest first.</summary>
[TestFixture(typeof(ushort))]
[TestFixture(typeof(uint))]
internal sealed class FingerprintIndexTests<TEntry>
    where TEntry : unmanaged, IBinaryInteger<TEntry>, IUnsignedNumber<TEntry>
{
    private const int SlotBits = 8;
    private const int Slots = 1 << SlotBits;

    /// <summary>So many fingerprints an entry tells apart; no more than 4,096 are tried.</summary>
    private static readonly int toldApart = 1 << Math.Min(12, (8 * Unsafe.SizeOf<TEntry>()) - SlotBits);

    [Test]
    public void Every_place_is_found_under_its_fingerprint_even_where_many_begin_at_one_slot()
    {
        var index = new FingerprintIndex<TEntry>(Slots);
        var entered = Enumerable.Range(0, Slots / 2).Select(FingerprintOf).ToArray();
        for (var place = 0; place < entered.Length; place++)
        {
            index.Enter(entered[place], place);
            for (var known = 0; known <= place; known++) Assert.That(Found(index, entered[known]), Does.Contain(known));
        }
    }

    [Test]
    public void What_was_never_entered_is_not_found()
    {
        var index = new FingerprintIndex<TEntry>(Slots);
        for (var place = 0; place < Slots / 2; place++) index.Enter(FingerprintOf(place), place);

        for (var other = Slots / 2; other < toldApart - 1; other++)
            Assert.That(Found(index, FingerprintOf(other)), Is.Empty);
    }

    [Test]
    public void The_latest_is_found_first()
    {
        var index = new FingerprintIndex<TEntry>(Slots);
        for (var place = 0; place < 20; place++)
        {
            index.Enter(7, place);
            Assert.That(Found(index, 7), Is.EqualTo(Enumerable.Range(0, place + 1).Reverse()));
        }
    }

    /// <summary>All begin at four slots, one of which is the last: the search goes round.</summary>
    private static ulong FingerprintOf(int place) =>
        ((ulong)(place + 1) << (32 + SlotBits)) | (uint)((place % 4) + Slots - 4);

    private static List<int> Found(FingerprintIndex<TEntry> index, ulong fingerprint)
    {
        var found = new List<int>();
        var slot = index.FirstSlot(fingerprint);
        while (index.TryNext(fingerprint, ref slot, out var place)) found.Add(place);
        return found;
    }
}
