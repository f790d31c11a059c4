using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Whom the members of a cluster believe: its authority, and nobody else; no store of the system, nothing looked up
/// elsewhere. It knows the public keys of the nodes whose certificates it has judged valid, as those that were issued
/// for the seed nodes, and those that connections showed. May be used by many threads.
/// </summary>
public sealed class ClusterTrust : IDisposable
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    private readonly ECDsa authority;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<NodeAddress, NodePublicKey> keys = new();

    /// <param name="certificate">Of the authority; belongs to this object from now on.</param>
    /// <param name="clock">What tells whether certificates are valid; null: the machine's.</param>
    /// <exception cref="CryptographicException">It has no ECDSA key.</exception>
    public ClusterTrust(string cluster, X509Certificate2 certificate, TimeProvider? clock = null)
    {
        Cluster = cluster;
        this.clock = clock ?? TimeProvider.System;
        Certificate = certificate;
        authority = certificate.GetECDsaPublicKey()
            ?? throw new CryptographicException("the authority's certificate has no ECDSA key");
    }

    public string Cluster { get; }

    /// <summary>The authority's.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The key that a node's certificate names; null when none was seen.</summary>
    public NodePublicKey? KeyOf(NodeAddress node) => keys.GetValueOrDefault(node);

    /// <summary>Whether the node signed these data, with a key that is valid now.</summary>
    public bool HasSigned(NodeAddress node, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        KeyOf(node) is { } key && JudgeTime(key.NotBefore, key.NotAfter) == CertificateVerdict.Valid
        && key.HasSigned(data, signature);

    /// <summary>Judges a certificate (DER) that somebody shows who claims that address, and remembers its key when it
    /// is valid.</summary>
    public CertificateVerdict Meet(NodeAddress claimed, ReadOnlySpan<byte> certificate)
    {
        try
        {
            // Whoever comes again shows the same, and reading it costs more than comparing.
            if (keys.TryGetValue(claimed, out var known) && certificate.SequenceEqual(known.Certificate))
                return JudgeTime(known.NotBefore, known.NotAfter);
            using var shown = X509CertificateLoader.LoadCertificate(certificate);
            return Meet(claimed, shown);
        }
        catch (CryptographicException)
        {
            return CertificateVerdict.Malformed;
        }
    }

    /// <inheritdoc cref="Meet(NodeAddress, ReadOnlySpan{byte})"/>
    public CertificateVerdict Meet(NodeAddress claimed, X509Certificate2 shown)
    {
        if (keys.TryGetValue(claimed, out var known)
            && known.Certificate.AsSpan().SequenceEqual(shown.RawDataMemory.Span))
            return JudgeTime(known.NotBefore, known.NotAfter);
        var verdict = Judge(claimed, shown);
        if (verdict != CertificateVerdict.Valid) return verdict;
        // Whoever holds the one before may be about to check a signature: it is left to the garbage collector.
        keys[claimed] = new NodePublicKey(shown);
        return verdict;
    }

    public void Dispose()
    {
        foreach (var key in keys.Values) key.Dispose();
        authority.Dispose();
        Certificate.Dispose();
    }

    /// <summary>For whom a certificate was issued, and whether that node may use it; not remembered.</summary>
    public (string Name, CertificateVerdict Verdict) Judge(X509Certificate2 shown)
    {
        var name = CertificateNames.Read(shown).Name;
        return (name, NodeAddress.TryParse(name, out var node) ? Judge(node, shown) : CertificateVerdict.WrongName);
    }

    private CertificateVerdict Judge(NodeAddress claimed, X509Certificate2 shown)
    {
        try
        {
            if (!IsIssued(shown)) return CertificateVerdict.ForeignAuthority;
            if (CertificateNames.Read(shown) != (Cluster, claimed.ToString())) return CertificateVerdict.WrongName;
            using var key = shown.GetECDsaPublicKey();
            if (key is not { KeySize: 256 }) return CertificateVerdict.Malformed;
            return JudgeTime(shown.NotBefore.ToUniversalTime(), shown.NotAfter.ToUniversalTime());
        }
        catch (Exception wrong) when (wrong is CryptographicException or AsnContentException)
        {
            return CertificateVerdict.Malformed;
        }
    }

    private CertificateVerdict JudgeTime(DateTime notBefore, DateTime notAfter)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < notBefore) return CertificateVerdict.NotYetValid;
        return now > notAfter ? CertificateVerdict.Expired : CertificateVerdict.Valid;
    }

    /// <summary>
    /// Whether the authority itself signed it (RFC 5280, 4.1). There is no chain to build: a node's certificate issues
    /// nothing.
    /// </summary>
    private bool IsIssued(X509Certificate2 shown)
    {
        var parts = new AsnReader(shown.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        var algorithm = parts.ReadSequence().ReadObjectIdentifier();
        var signature = parts.ReadBitString(out _);
        if (algorithm != EcdsaWithSha256) return false;
        lock (gate)
        {
            return authority.VerifyData(
                signed.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
