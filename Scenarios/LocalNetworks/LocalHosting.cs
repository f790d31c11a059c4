using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>The nodes of a local network, each in a process of its own or all in this one, as its scenario says.
/// </summary>
internal static class LocalHosting
{
    /// <param name="zero">The date and time of the network's instant zero.</param>
    /// <param name="disks">The folder of the disks of nodes that are processes; null: a temporary one.</param>
    /// <param name="security">Null: none.</param>
    public static IHostedNetwork Create(
        LocalNetworkRequest request, ProtocolSettings settings, DateTimeOffset zero, string? disks, ITrace trace,
        NetworkSecurity? security = null)
    {
        NodeAddress[] all =
            [.. request.OwnSeedNodes, .. Enumerable.Range(0, request.MostPeers).Select(request.PeerAt)];
        if (request.Scenario.Peers.Hosting == Hosting.ProcessPerNode)
        {
            return new ProcessNetwork(
                new ProcessNetworkOptions
                {
                    Addresses = all,
                    Launch = HostedNode.Launcher(request.Scenario, request.SeedNodes, zero, IndexOf, security),
                    DiskDirectory = disks,
                    ClockZero = WallClock.StampAt(zero),
                },
                trace);
        }

        var options = new RealNetworkOptions
        {
            Cluster = security?.Keys.Trust.Cluster ?? request.Scenario.Name,
            Security = security,
            Signing = RunSecurity.SigningOf(security, settings.SeedNode),
            RandomSeed = (ulong)request.Scenario.RandomSeed,
            SeedNodes = request.SeedNodes,
            ClockZero = WallClock.StampAt(zero),
        };
        return new RealNetwork(
            options.WithNetworkOf(request.Scenario, settings.Plan, request.SeedNodes),
            [.. all.Select(node => new Placement(
                node, request.SeedNodes.Contains(node) ? HostedRole.SeedNode : HostedRole.Peer,
                settings.FactoryOf(IndexOf(node))))],
            trace);

        // All nodes of a role are alike.
        int IndexOf(NodeAddress node) => request.SeedNodes.Contains(node) ? 0 : request.SeedNodes.Length;
    }
}
