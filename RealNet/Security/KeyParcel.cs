using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// What the process of one node gets of the keys of its cluster, from the process that starts it: through a pipe that
/// nobody else reads, so that nothing secret is ever in a file or on a command line. All in base64 but the shared keys,
/// which are as in their file.
/// </summary>
/// <param name="Certificate">The node's own, with <paramref name="Key"/>.</param>
/// <param name="SeedNodes">Certificates of seed nodes by address.</param>
public sealed record KeyParcel(
    string Authority, string Node, string Certificate, string Key, string[] Shared,
    Dictionary<string, string> SeedNodes)
{
    public static KeyParcel Of(ClusterKeys keys, NodeAddress node, IEnumerable<NodeAddress> seedNodes)
    {
        var own = keys.Of(node);
        using var secret = own.Certificate.GetECDsaPrivateKey()!;
        return new KeyParcel(
            Convert.ToBase64String(keys.Trust.Certificate.RawData), node.ToString(),
            Convert.ToBase64String(own.Certificate.RawData), Convert.ToBase64String(secret.ExportPkcs8PrivateKey()),
            [.. keys.Shared.Keys.Select(key => key.ToText())],
            seedNodes.Where(seed => keys.Trust.KeyOf(seed) is not null).ToDictionary(
                seed => seed.ToString(), seed => Convert.ToBase64String(keys.Trust.KeyOf(seed)!.Certificate)));
    }

    /// <exception cref="CryptographicException">It is damaged.</exception>
    public ClusterKeys Open()
    {
        var authority = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Authority));
        var trust = new ClusterTrust(CertificateNames.Read(authority).Cluster, authority);
        foreach (var (seed, certificate) in SeedNodes)
            trust.Meet(NodeAddress.Parse(seed), Convert.FromBase64String(certificate));
        using var bare = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Certificate));
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(Key), out _);
        var own = new NodeKeys(NodeAddress.Parse(Node), bare.CopyWithPrivateKey(key));
        trust.Meet(own.Address, own.Certificate);
        return new ClusterKeys(
            trust, new KeyRing([.. Shared.Select(text => SharedKey.Parse(text)
                ?? throw new CryptographicException("a shared key is damaged"))]),
            asked => asked == own.Address
                ? own : throw new KeyFileException($"there are keys of {own.Address} here, not of {asked}"));
    }
}
