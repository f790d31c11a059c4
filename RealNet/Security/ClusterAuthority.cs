using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Who says which key speaks for which address of a cluster: a root certificate of its own, which nobody outside of the
/// cluster trusts or needs to, and the key that issues the nodes' certificates. Only issuing needs the private half;
/// nodes have the certificate, as <see cref="ClusterTrust"/>.
/// </summary>
public sealed class ClusterAuthority : IDisposable
{
    private const int SerialBytes = 16;

    /// <param name="certificate">With its private key; belongs to this object from now on.</param>
    public ClusterAuthority(string cluster, X509Certificate2 certificate)
    {
        Cluster = cluster;
        Certificate = certificate;
    }

    public string Cluster { get; }

    public X509Certificate2 Certificate { get; }

    public static ClusterAuthority Create(string cluster, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            CertificateNames.OfAuthority(cluster), key, HashAlgorithmName.SHA256);
        // It signs nodes only: no authority below it.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new ClusterAuthority(cluster, request.CreateSelfSigned(notBefore, notAfter));
    }

    /// <summary>Makes a key for a node and the certificate that says so.</summary>
    /// <exception cref="ArgumentException">The time reaches beyond the authority's own.</exception>
    public NodeKeys Issue(NodeAddress node, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            CertificateNames.OfNode(Cluster, node), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature, critical: true));
        // A node dials and is dialed.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(CertificateNames.ServerPurpose), new Oid(CertificateNames.ClientPurpose)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(Connection.Ip(node.Host));
        request.CertificateExtensions.Add(names.Build());
        Span<byte> serial = stackalloc byte[SerialBytes];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7F;   // a serial number is positive (RFC 5280, 4.1.2.2)
        using var bare = request.Create(Certificate, notBefore, notAfter, serial);
        return new NodeKeys(node, bare.CopyWithPrivateKey(key));
    }

    /// <summary>What nodes need to know of this authority: everything but its private key.</summary>
    /// <param name="clock">What tells them the time; null: the machine's.</param>
    public ClusterTrust Trust(TimeProvider? clock = null) =>
        new(Cluster, X509CertificateLoader.LoadCertificate(Certificate.RawData), clock);

    public void Dispose() => Certificate.Dispose();
}
