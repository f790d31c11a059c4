using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;

namespace GossipSim.Scenarios.Files;

/// <summary>What may be reached from other machines needs a key.</summary>
internal static class SecurityRules
{
    public static void Check(Scenario scenario, ProblemList problems)
    {
        SecuritySettings security = scenario.Security;
        problems.Require(
            security.Mode != SecurityMode.None || security.Keys is null, "security.keys",
            "found a folder, which only counts with \"mode\": \"sharedKey\" or \"mutualTls\"");
        problems.Require(
            security.Mode == SecurityMode.MutualTls || security.PeerLinks == PeerLinkSecurity.Tls,
            "security.peerLinks", "found mac, which only counts with \"mode\": \"mutualTls\"");
        if (scenario.Runtime != RuntimeKind.Tcp || security.Mode != SecurityMode.None) return;
        Require("seedNodes.host", scenario.SeedNodes.Host);
        Require("peers.host", scenario.Peers.Host);

        void Require(string path, string host) => problems.Require(
            !NodeAddress.TryParseHost(host, out uint number) || NodeAddress.IsLoopback(number), path,
            $"found {host}, which other machines can reach; without a key only loopback addresses are allowed:"
            + " set security.mode to sharedKey or mutualTls");
    }
}
