using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GossipSim.RealNet.Security;

/// <summary>What others know of a node's key: enough to check its signatures.</summary>
public sealed class NodePublicKey : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock gate = new();
    private readonly AcceptedSignatures accepted = new();

    /// <exception cref="CryptographicException">The certificate has no ECDSA key.</exception>
    public NodePublicKey(X509Certificate2 certificate)
    {
        key = certificate.GetECDsaPublicKey() ?? throw new CryptographicException("no ECDSA key");
        Certificate = certificate.RawData;
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
    }

    /// <summary>The certificate that names the key (DER).</summary>
    public byte[] Certificate { get; }

    public DateTime NotBefore { get; }

    public DateTime NotAfter { get; }

    /// <summary>Whether the holder of the private half signed the SHA-256 of the data.</summary>
    public bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != NodeKeys.SignatureBytes) return false;
        var digest = AcceptedSignatures.Of(data, signature);
        lock (gate)
        {
            if (accepted.Contains(digest)) return true;
            if (!key.VerifyData(data, signature, HashAlgorithmName.SHA256)) return false;
            accepted.Add(digest);
            return true;
        }
    }

    public void Dispose() => key.Dispose();
}
