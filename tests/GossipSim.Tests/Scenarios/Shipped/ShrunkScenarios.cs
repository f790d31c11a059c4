using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>What ships, the larger scenarios with fewer peers: each a name and what <c>--set</c> is given.</summary>
internal static class ShrunkScenarios
{
    private static readonly Dictionary<string, string[]> shrunk = new()
    {
        ["flash-crowd"] =
        [
            "peers.count=20", "faults[0].count=60", "expectations[0].value=80", "expectations[1].value=80",
            "expectations[5].value=80",
        ],
        ["wan-regions"] = ["peers.count=50"],
        ["partition"] = ["peers.count=40", "gossip.publishers.count=8"],
        ["churn"] = ["peers.count=50"],
        ["sybil"] =
            ["peers.count=60", "faults[0].count=60", "expectations[1].value=120", "expectations[5].value=121"],
        ["mass-failure"] = ["peers.count=200", "expectations[0].value=100", "expectations[2].value=100"],
        ["million"] =
        [
            "peers.count=2000", "expectations[0].value=2000", "expectations[1].value=1999",
            "invariants.sampledPeers=200", "outputs.sampledPeers=50",
        ],
    };

    public static IEnumerable<TestCaseData> All =>
        SchemaTests.ShippedNames.Select(file => Path.GetFileNameWithoutExtension(file))
            .Select(name => new TestCaseData(name, shrunk.GetValueOrDefault(name, [])).SetArgDisplayNames(name));

    /// <summary>Not the one that judges what is on TCP only, nor the one of somebody's own protocol.</summary>
    public static IEnumerable<TestCaseData> OfOurProtocol =>
        All.Where(scenario => scenario.Arguments[0] is not ("crash-hub" or "push-pull-average"));
}
