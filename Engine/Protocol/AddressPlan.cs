using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Which node has which address: seed nodes first, then peers, each from a base port of a host upwards; beyond 50,000
/// peers the next host. From address to index and back is arithmetic, for a million nodes as for ten. Protocols that
/// users write have no seed nodes.
/// </summary>
public sealed class AddressPlan
{
    /// <summary>DESIGN section 2: beyond so many peers the next loopback or 10.x address.</summary>
    public const int PeersPerHost = 50_000;

    private readonly NodeAddress firstSeedNode;
    private readonly NodeAddress firstPeer;
    private readonly int portsPerHost;

    /// <summary>2^64 / portsPerHost, rounded up: multiplying takes a fifth of the time of dividing.</summary>
    private readonly ulong hostsPerPeer;

    public AddressPlan(NodeAddress firstSeedNode, int seedNodes, NodeAddress firstPeer, int peers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seedNodes);
        ArgumentOutOfRangeException.ThrowIfNegative(peers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstSeedNode.Port + seedNodes - 1, ushort.MaxValue);
        this.firstSeedNode = firstSeedNode;
        this.firstPeer = firstPeer;
        SeedNodes = seedNodes;
        Peers = peers;
        portsPerHost = Math.Min(PeersPerHost, ushort.MaxValue + 1 - firstPeer.Port);
        hostsPerPeer = portsPerHost == 1 ? 0 : (ulong.MaxValue / (ulong)portsPerHost) + 1;
    }

    public int SeedNodes { get; }

    public int Peers { get; }

    public int Count => SeedNodes + Peers;

    public bool IsSeedNode(int index) => index < SeedNodes;

    public NodeAddress this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            if (IsSeedNode(index)) return new NodeAddress(firstSeedNode.Host, (ushort)(firstSeedNode.Port + index));
            var peer = index - SeedNodes;
            var host = HostOf(peer);
            return new NodeAddress(
                firstPeer.Host + (uint)host, (ushort)(firstPeer.Port + peer - (host * portsPerHost)));
        }
    }

    /// <summary>The node at an address; -1 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(NodeAddress address)
    {
        // Below the first of them the difference wraps round to a large number.
        var seedNode = address.Packed - firstSeedNode.Packed;
        if (seedNode < (ulong)SeedNodes) return (int)seedNode;
        if (address.Host < firstPeer.Host || address.Port < firstPeer.Port) return -1;
        var port = address.Port - firstPeer.Port;
        var peer = ((long)(address.Host - firstPeer.Host) * portsPerHost) + port;
        return port < portsPerHost && peer < Peers ? (int)(SeedNodes + peer) : -1;
    }

    /// <summary>
    /// On which host a peer is: its number divided by the ports of a host, exactly (Lemire, Kaser, Kurz, "Faster
    /// remainder by direct computation", 2019: 64 bits of fraction are enough for any two 32-bit numbers).
    /// </summary>
    private int HostOf(int peer) => portsPerHost == 1 ? peer : (int)Math.BigMul(hostsPerPeer, (ulong)peer, out _);

    public NodeAddress[] SeedNodeAddresses()
    {
        var addresses = new NodeAddress[SeedNodes];
        for (var index = 0; index < addresses.Length; index++) addresses[index] = this[index];
        return addresses;
    }
}
