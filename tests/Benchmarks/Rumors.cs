using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>Messages as peers make them, each of another origin.</summary>
internal static class Rumors
{
    /// <summary>Origins whose addresses are those of no peer in the suites.</summary>
    private const uint Host = 0x0B000000;

    public static Gossip Of(int origin) => Of(origin, number: 1);

    public static Gossip[] Several(int count, int number = 1) =>
        [.. Enumerable.Range(0, count).Select(origin => Of(origin, number))];

    private static Gossip Of(int origin, int number)
    {
        var address = new NodeAddress(Host + (uint)(origin >> 12), (ushort)(8000 + (origin & 0xFFF)));
        var text = $"message {number} of {address} ".PadRight(64, '.');
        return new Gossip($"1700000000.000:{address}:{number}", address, Epoch: 1, number, text);
    }
}
