using GossipSim.RealNet;
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
    protected override Task<ContractNetwork> BuildAsync(int nodes) => RealContractNetwork.OpenedAsync(
        nodes, RealContractNetwork.Options() with { Security = TestKeys.Of(mode, peerLinks) });
}

/// <summary>The same promises where latencies vary and transmissions are lost, as in the simulator.</summary>
[TestFixture]
internal sealed class RoughRealTransportContract : TransportContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) => RealContractNetwork.OpenedAsync(
        nodes, RealContractNetwork.Options() with
        {
            Latency = (from, to, unit) => TimeSpan.FromMilliseconds(1 + (((from.Port ^ to.Port) % 20) * (1 + unit))),
            Weather = new LinkWeather(LossProbability: 0.02, BytesPerSecond: 200_000),
        });
}
