using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

[TestFixture]
internal sealed class RealTransportContract : TransportContract
{
    protected override async Task<ContractNetwork> BuildAsync(int nodes)
    {
        var network = new RealContractNetwork(nodes);
        await network.Network.OpenAsync();
        return network;
    }
}
