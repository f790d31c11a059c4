using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>Keys of the cluster that tests are, and of others.</summary>
internal static class TestKeys
{
    public const string Cluster = "tests";

    public static NetworkSecurity Of(SecurityMode mode, PeerLinkSecurity peerLinks = PeerLinkSecurity.Tls) =>
        new(mode, ClusterKeys.Generate(Cluster, []), peerLinks);

    /// <summary>An authority whose certificates may have been good at any time of the last and the next ten days.
    /// </summary>
    public static ClusterAuthority Authority(string cluster = Cluster) =>
        ClusterAuthority.Create(cluster, DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));

    /// <param name="fromDays">From today on.</param>
    /// <param name="untilDays">From today on.</param>
    public static NodeKeys Keys(
        this ClusterAuthority authority, NodeAddress node, int fromDays = -1, int untilDays = 1) =>
        authority.Issue(node, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(untilDays));

    /// <summary>Nodes whose keys that authority issues.</summary>
    public static NetworkSecurity For(
        this ClusterAuthority authority, SecurityMode mode, SharedKey shared) =>
        new(mode, new ClusterKeys(
            authority.Trust(), new KeyRing(shared), node => authority.Keys(node)));
}
