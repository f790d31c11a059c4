using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>The contract of what goes wrong, on real sockets.</summary>
[TestFixture]
internal sealed class RealWeatherContract : WeatherContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) => RealContractNetwork.OpenedAsync(nodes);
}
