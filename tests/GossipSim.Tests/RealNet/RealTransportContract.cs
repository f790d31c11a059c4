using GossipSim.RealNet.Security;
using GossipSim.Tests.Engine;
using GossipSim.Tests.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

[TestFixture(SecurityMode.None)]
[TestFixture(SecurityMode.SharedKey)]
[TestFixture(SecurityMode.MutualTls)]
[TestFixture(SecurityMode.MutualTls, PeerLinkSecurity.Mac)]
internal sealed class RealTransportContract(SecurityMode mode, PeerLinkSecurity peerLinks = PeerLinkSecurity.Tls)
    : TransportContract
{
    protected override async Task<ContractNetwork> BuildAsync(int nodes)
    {
        var options = RealContractNetwork.Options() with { Security = TestKeys.Of(mode, peerLinks) };
        var network = new RealContractNetwork(nodes, options);
        await network.Network.OpenAsync();
        return network;
    }
}
