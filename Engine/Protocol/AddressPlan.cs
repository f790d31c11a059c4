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
    }

    public int SeedNodes { get; }

    public int Peers { get; }

    public int Count => SeedNodes + Peers;

    public bool IsSeedNode(int index) => index < SeedNodes;

    public NodeAddress this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            if (IsSeedNode(index)) return firstSeedNode with { Port = (ushort)(firstSeedNode.Port + index) };
            var (host, port) = Math.DivRem(index - SeedNodes, portsPerHost);
            return new NodeAddress(firstPeer.Host + (uint)host, (ushort)(firstPeer.Port + port));
        }
    }

    /// <summary>The node at an address; -1 where there is none.</summary>
    public int IndexOf(NodeAddress address)
    {
        if (address.Host == firstSeedNode.Host)
        {
            var seedNode = address.Port - firstSeedNode.Port;
            if (seedNode >= 0 && seedNode < SeedNodes) return seedNode;
        }

        if (address.Host < firstPeer.Host || address.Port < firstPeer.Port) return -1;
        var port = address.Port - firstPeer.Port;
        var peer = ((long)(address.Host - firstPeer.Host) * portsPerHost) + port;
        return port < portsPerHost && peer < Peers ? (int)(SeedNodes + peer) : -1;
    }

    public NodeAddress[] SeedNodeAddresses()
    {
        var addresses = new NodeAddress[SeedNodes];
        for (var index = 0; index < addresses.Length; index++) addresses[index] = this[index];
        return addresses;
    }
}
