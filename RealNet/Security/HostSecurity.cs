using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>The security of the nodes that one network hosts, each made when its node first runs.</summary>
internal sealed class HostSecurity(NetworkSecurity network, SeedNodeSet seedNodes)
{
    private readonly ConcurrentDictionary<NodeAddress, NodeSecurity> nodes = new();

    public NodeSecurity Of(NodeAddress node) =>
        nodes.GetOrAdd(node, self => new NodeSecurity(network, self, seedNodes));
}
