using GossipSim.RealNet;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

[TestFixture]
internal sealed class RealTransportContract : TransportContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) => RealContractNetwork.OpenedAsync(nodes);
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
