using System.Buffers.Binary;
using System.Text;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// Names that come as bytes, a million times the same few thousand: each gets a number, and only a name that was never
/// seen is copied.
/// </summary>
internal sealed class Utf8Names
{
    private readonly Dictionary<byte[], int> places = new(new SameBytes());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly List<string> names = [];

    public Utf8Names() => lookup = places.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => names.Count;

    public IReadOnlyList<string> All => names;

    public string this[int place] => names[place];

    /// <summary>The name's number; the next one when it is new.</summary>
    public int PlaceOf(ReadOnlySpan<byte> name)
    {
        if (lookup.TryGetValue(name, out var place)) return place;
        lookup[name] = names.Count;
        names.Add(Encoding.UTF8.GetString(name));
        return names.Count - 1;
    }

    /// <summary>-1 for a name that was never seen.</summary>
    public int Find(string name) => lookup.TryGetValue(Encoding.UTF8.GetBytes(name), out var place) ? place : -1;

    private sealed class SameBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public bool Equals(ReadOnlySpan<byte> one, byte[] other) => one.SequenceEqual(other);

        public int GetHashCode(byte[] name) => GetHashCode(name.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> name)
        {
            var hash = (ulong)name.Length;
            for (; name.Length >= 8; name = name[8..])
                hash = Mix64.Of(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name));
            foreach (var rest in name) hash = (hash << 8) ^ (hash >> 56) ^ rest;
            return (int)(Mix64.Of(hash) >> 32);
        }

        public byte[] Create(ReadOnlySpan<byte> name) => name.ToArray();
    }
}
