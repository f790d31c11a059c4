using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using GossipSim.RealNet.Security;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What <c>keys show</c> tells of a folder; nothing of it is secret.</summary>
internal sealed record KeyListing(
    string Cluster, DateTime AuthorityUntil, IReadOnlyList<string> SharedKeys, IReadOnlyList<KeyListing.Listed> Nodes)
{
    public sealed record Listed(string Node, DateTime From, DateTime Until, string State);

    public static KeyListing Of(KeyFolder folder)
    {
        using ClusterTrust trust = folder.ReadTrust();
        return new KeyListing(
            trust.Cluster, trust.Certificate.NotAfter.ToUniversalTime(),
            [.. folder.ReadShared().Select(key => key.Id)],
            [.. folder.ReadNodeCertificates().Select(certificate => Of(certificate, trust))]);
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"cluster \"{Cluster}\", its authority good until {Day(AuthorityUntil)}");
        output.WriteLine($"shared keys: {string.Join(", ", SharedKeys)} (the first one is used)");
        foreach (Listed node in Nodes)
            output.WriteLine($"{node.Node,-21}  from {Day(node.From)} until {Day(node.Until)}  {node.State}");
    }

    private static Listed Of(X509Certificate2 certificate, ClusterTrust trust)
    {
        using (certificate)
        {
            (string name, CertificateVerdict verdict) = trust.Judge(certificate);
            return new Listed(
                name, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), verdict switch
                {
                    CertificateVerdict.Valid => "valid",
                    CertificateVerdict.Expired => "expired",
                    CertificateVerdict.NotYetValid => "not valid yet",
                    CertificateVerdict.ForeignAuthority => "of another authority",
                    CertificateVerdict.WrongName => "of another cluster",
                    _ => "malformed",
                });
        }
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
