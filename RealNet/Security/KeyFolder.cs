using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// A cluster's keys as files: the authority's certificate (all nodes need it) and private key (only who issues
/// certificates), the shared keys (all nodes), and of each node a certificate and a private key (that node).
/// </summary>
public sealed class KeyFolder(string directory)
{
    /// <summary>The certificates of nodes; of seed nodes all others need them, to check votes.</summary>
    private const string Nodes = "nodes";

    public string Directory => Path.GetFullPath(directory);

    public string AuthorityCertificate => Path.Combine(Directory, "authority.crt");

    public string AuthorityKey => Path.Combine(Directory, "authority.key");

    public string SharedKeys => Path.Combine(Directory, "shared.keys");

    public string CertificateOf(NodeAddress node) => Path.Combine(Directory, Nodes, FileOf(node) + ".crt");

    public string KeyOf(NodeAddress node) => Path.Combine(Directory, Nodes, FileOf(node) + ".key");

    /// <summary>Makes an authority, a shared key, and the keys of each node; valid from an hour ago, for clocks that
    /// are behind.</summary>
    /// <exception cref="KeyFileException">There are keys already, or nothing can be written.</exception>
    public void Create(string cluster, IReadOnlyList<NodeAddress> nodes, TimeSpan lifetime)
    {
        string[] files = [AuthorityCertificate, AuthorityKey, SharedKeys, .. nodes.SelectMany(FilesOf)];
        KeyFile.RequireAbsent(files);
        KeyFile.AllOrNothing(files, () => Make(cluster, nodes, lifetime));
    }

    private void Make(string cluster, IReadOnlyList<NodeAddress> nodes, TimeSpan lifetime)
    {
        var (from, until) = (DateTimeOffset.UtcNow - TimeSpan.FromHours(1), DateTimeOffset.UtcNow + lifetime);
        using var authority = ClusterAuthority.Create(cluster, from, until);
        KeyFile.Write(AuthorityKey, PrivatePem(authority.Certificate));
        KeyFile.WriteShared(SharedKeys, [SharedKey.Generate()]);
        foreach (var node in nodes) Issue(authority, node, from, until);
        // The last one: without it there are no keys.
        KeyFile.WritePublic(AuthorityCertificate, authority.Certificate.ExportCertificatePem());
    }

    /// <summary>Makes the keys of more nodes, with the authority of the folder.</summary>
    /// <exception cref="KeyFileException">One has keys already, or the authority cannot be read.</exception>
    public void Add(IReadOnlyList<NodeAddress> nodes, TimeSpan lifetime)
    {
        using var authority = ReadAuthority();
        var from = DateTimeOffset.UtcNow - TimeSpan.FromHours(1);
        if (from < authority.Certificate.NotBefore) from = authority.Certificate.NotBefore;
        var until = DateTimeOffset.UtcNow + lifetime;
        if (until > authority.Certificate.NotAfter) until = authority.Certificate.NotAfter;
        string[] files = [.. nodes.SelectMany(FilesOf)];
        KeyFile.RequireAbsent(files);
        KeyFile.AllOrNothing(files, () =>
        {
            foreach (var node in nodes) Issue(authority, node, from, until);
        });
    }

    /// <summary>What these nodes need, with the public keys of the seed nodes; of others when they are asked for.
    /// </summary>
    /// <exception cref="KeyFileException">Something of it is missing or wrong.</exception>
    public ClusterKeys Load(IReadOnlyList<NodeAddress> own, IReadOnlyList<NodeAddress> seedNodes)
    {
        var trust = ReadTrust();
        foreach (var node in seedNodes.Except(own)) Meet(trust, node);
        var keys = new ClusterKeys(trust, new KeyRing(ReadShared()), node => ReadNode(node, trust));
        foreach (var node in own) keys.Of(node);   // what is missing is told now
        return keys;
    }

    /// <summary>Makes the public key of a node known, whose certificate is in the folder.</summary>
    /// <exception cref="KeyFileException">It is missing or wrong.</exception>
    public void Meet(ClusterTrust trust, NodeAddress node)
    {
        using var shown = KeyFile.ReadCertificate(CertificateOf(node));
        Require(trust.Meet(node, shown), CertificateOf(node), node, trust.Cluster);
    }

    /// <exception cref="KeyFileException">The file is missing or wrong.</exception>
    public IReadOnlyList<SharedKey> ReadShared() => KeyFile.ReadShared(SharedKeys);

    /// <exception cref="KeyFileException">The file cannot be written.</exception>
    public void WriteShared(IReadOnlyList<SharedKey> keys) => KeyFile.WriteShared(SharedKeys, keys);

    /// <exception cref="KeyFileException">The certificate is missing or wrong.</exception>
    public ClusterTrust ReadTrust()
    {
        var certificate = KeyFile.ReadCertificate(AuthorityCertificate);
        var (cluster, _) = CertificateNames.Read(certificate);
        return cluster.Length > 0
            ? new ClusterTrust(cluster, certificate)
            : throw new KeyFileException($"{AuthorityCertificate} names no cluster");
    }

    /// <summary>All certificates of nodes in the folder, in the order of their files' names.</summary>
    /// <exception cref="KeyFileException">One cannot be read.</exception>
    public IReadOnlyList<X509Certificate2> ReadNodeCertificates()
    {
        var folder = Path.Combine(Directory, Nodes);
        if (!System.IO.Directory.Exists(folder)) return [];
        return [.. System.IO.Directory.GetFiles(folder, "*.crt").Order(StringComparer.Ordinal)
            .Select(KeyFile.ReadCertificate)];
    }

    private ClusterAuthority ReadAuthority()
    {
        using var trust = ReadTrust();
        return new ClusterAuthority(trust.Cluster, KeyFile.ReadPair(AuthorityCertificate, AuthorityKey));
    }

    private NodeKeys ReadNode(NodeAddress node, ClusterTrust trust)
    {
        var keys = new NodeKeys(node, KeyFile.ReadPair(CertificateOf(node), KeyOf(node)));
        Require(trust.Meet(node, keys.Certificate), CertificateOf(node), node, trust.Cluster);
        return keys;
    }

    private void Issue(ClusterAuthority authority, NodeAddress node, DateTimeOffset from, DateTimeOffset until)
    {
        using var keys = authority.Issue(node, from, until);
        KeyFile.Write(KeyOf(node), PrivatePem(keys.Certificate));
        KeyFile.WritePublic(CertificateOf(node), keys.Certificate.ExportCertificatePem());
    }

    private static void Require(CertificateVerdict verdict, string file, NodeAddress node, string cluster)
    {
        if (verdict == CertificateVerdict.Valid) return;
        throw new KeyFileException(verdict switch
        {
            CertificateVerdict.ForeignAuthority => $"{file} was not issued by the authority in authority.crt",
            CertificateVerdict.Expired => $"{file} has expired",
            CertificateVerdict.NotYetValid => $"{file} is not valid yet",
            CertificateVerdict.WrongName => $"{file} is not for {node} of the cluster \"{cluster}\"",
            _ => $"{file} is no certificate with a P-256 key",
        });
    }

    private static string PrivatePem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private IEnumerable<string> FilesOf(NodeAddress node) => [CertificateOf(node), KeyOf(node)];

    private static string FileOf(NodeAddress node) => $"{node.HostText}_{node.Port}";
}
