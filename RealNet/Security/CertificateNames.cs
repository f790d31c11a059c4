using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// How certificates name a node: its address is the common name, its cluster the organization. The subject alternative
/// name has the IP address too, for tools that look there; it has no room for a port.
/// </summary>
internal static class CertificateNames
{
    // RFC 5280, 4.2.1.12
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private const string AuthorityName = "authority";

    public static X500DistinguishedName OfAuthority(string cluster) => Of(cluster, AuthorityName);

    public static X500DistinguishedName OfNode(string cluster, NodeAddress node) => Of(cluster, node.ToString());

    /// <returns>The cluster and the common name; an empty one where there is none, or more than one.</returns>
    public static (string Cluster, string Name) Read(X509Certificate2 certificate)
    {
        var (cluster, name) = ("", "");
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements) return ("", "");
            var type = part.GetSingleElementType().Value;
            if (type == CommonName) name = name.Length == 0 ? part.GetSingleElementValue() ?? "" : "";
            if (type == Organization) cluster = cluster.Length == 0 ? part.GetSingleElementValue() ?? "" : "";
        }

        return (cluster, name);
    }

    private static X500DistinguishedName Of(string cluster, string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddOrganizationName(cluster);
        builder.AddCommonName(name);
        return builder.Build();
    }
}
