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

    /// <summary>As many as there are addresses 10.x (RFC 1918).</summary>
    public const int MostPeers = 1 << 24;

    private const int HostShift = 40;

    private readonly NodeAddress firstSeedNode;
    private readonly NodeAddress firstPeer;
    private readonly int portsPerHost;

    /// <summary>From the last port of a host to the first of the next, as addresses are packed.</summary>
    private readonly ulong portsBetweenHosts;

    /// <summary>2^40 / portsPerHost, and more: multiplying takes a fifth of the time of dividing.</summary>
    private readonly ulong hostsPerPeer;

    public AddressPlan(NodeAddress firstSeedNode, int seedNodes, NodeAddress firstPeer, int peers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seedNodes);
        ArgumentOutOfRangeException.ThrowIfNegative(peers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(peers, MostPeers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstSeedNode.Port + seedNodes - 1, ushort.MaxValue);
        this.firstSeedNode = firstSeedNode;
        this.firstPeer = firstPeer;
        SeedNodes = seedNodes;
        Peers = peers;
        portsPerHost = Math.Min(PeersPerHost, ushort.MaxValue + 1 - firstPeer.Port);
        portsBetweenHosts = ushort.MaxValue + 1 - (ulong)portsPerHost;
        hostsPerPeer = ((1UL << HostShift) / (ulong)portsPerHost) + 1;
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
            var peer = (uint)(index - SeedNodes);
            return peer < (uint)Peers
                ? NodeAddress.OfPacked(firstPeer.Packed + peer + (HostOf(peer) * portsBetweenHosts))
                : SeedNodeAt(index);
        }
    }

    /// <summary>The node at an address; -1 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(NodeAddress address)
    {
        // Below the first of them a difference wraps round to a large number: of hosts, or of ports.
        var beyond = address.Packed - firstPeer.Packed;
        var port = (ushort)beyond;
        var peer = ((beyond >> 16) * (ulong)portsPerHost) + port;
        if (port < portsPerHost && peer < (ulong)Peers) return SeedNodes + (int)peer;
        var seedNode = address.Packed - firstSeedNode.Packed;
        return seedNode < (ulong)SeedNodes ? (int)seedNode : -1;
    }

    private NodeAddress SeedNodeAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)SeedNodes, nameof(index));
        return new NodeAddress(firstSeedNode.Host, (ushort)(firstSeedNode.Port + index));
    }

    /// <summary>
    /// On which host a peer is: its number divided by the ports of a host, exactly (Lemire, Kaser, Kurz, "Faster
    /// remainder by direct computation", 2019: 40 bits of fraction are enough for a number of 24 bits and one of 16).
    /// </summary>
    private ulong HostOf(uint peer) => (hostsPerPeer * peer) >> HostShift;

    public NodeAddress[] SeedNodeAddresses()
    {
        var addresses = new NodeAddress[SeedNodes];
        for (var index = 0; index < addresses.Length; index++) addresses[index] = this[index];
        return addresses;
    }
}
