using System.Collections.Frozen;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// The addresses of the cluster's seed nodes. Read by all connections at once; grows when a name gets an address.
/// </summary>
internal sealed class SeedNodeSet(IEnumerable<NodeAddress> configured)
{
    private volatile FrozenSet<NodeAddress> addresses = configured.ToFrozenSet();

    public bool Contains(NodeAddress address) => addresses.Contains(address);

    /// <summary>Several processes of one host may add the same; the last list has them all.</summary>
    public void Add(NodeAddress address)
    {
        FrozenSet<NodeAddress> before, after;
        do
        {
            before = addresses;
            after = before.Append(address).ToFrozenSet();
        }
        while (Interlocked.CompareExchange(ref addresses, after, before) != before);
    }
}
