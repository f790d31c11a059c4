using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>Messages as peers make them, each of another origin.</summary>
internal static class Rumors
{
    /// <summary>Origins whose addresses are those of no peer in the suites.</summary>
    private const uint Host = 0x0B000000;

    public static Gossip Of(int origin)
    {
        var address = new NodeAddress(Host + (uint)(origin >> 12), (ushort)(8000 + (origin & 0xFFF)));
        var text = $"message 1 of {address} ".PadRight(64, '.');
        return new Gossip($"1700000000.000:{address}:1", address, Epoch: 1, Number: 1, text);
    }

    public static Gossip[] Several(int count) => [.. Enumerable.Range(0, count).Select(Of)];
}
