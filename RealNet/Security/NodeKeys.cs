using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// What one node has of its own: a certificate that binds its address and its cluster to an ECDSA P-256 key, and the
/// private half of that key.
/// </summary>
public sealed class NodeKeys : IDisposable
{
    /// <summary>Bytes of a signature: r and s (IEEE P1363), always as long.</summary>
    public const int SignatureBytes = 64;

    private readonly ECDsa key;
    private readonly Lock gate = new();   // a key object may be used by one thread at a time

    /// <param name="certificate">With its private key; belongs to this object from now on.</param>
    /// <exception cref="CryptographicException">It has no private key for ECDSA.</exception>
    public NodeKeys(NodeAddress address, X509Certificate2 certificate)
    {
        Address = address;
        Certificate = certificate;
        key = certificate.GetECDsaPrivateKey() ?? throw new CryptographicException(
            $"the certificate of {address} has no private ECDSA key");
    }

    public NodeAddress Address { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Signs the SHA-256 of the data.</summary>
    /// <param name="signature">At least <see cref="SignatureBytes"/> long.</param>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        lock (gate) key.SignData(data, signature, HashAlgorithmName.SHA256);
    }

    public void Dispose()
    {
        key.Dispose();
        Certificate.Dispose();
    }
}
