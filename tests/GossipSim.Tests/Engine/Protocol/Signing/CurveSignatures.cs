using System.Collections.Concurrent;
using System.Security.Cryptography;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>ECDSA P-256 with a fresh key for every node, whose public halves all know.</summary>
internal sealed class CurveSignatures : ISignatures, IDisposable
{
    private readonly ConcurrentDictionary<NodeAddress, ECDsa> keys = new();

    public byte[] Sign(NodeAddress signer, ReadOnlySpan<byte> statement)
    {
        var key = KeyOf(signer);
        lock (key) return key.SignData(statement, HashAlgorithmName.SHA256);
    }

    public bool IsValid(NodeAddress signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        var key = KeyOf(signer);
        lock (key) return key.VerifyData(statement, signature, HashAlgorithmName.SHA256);
    }

    public void Dispose()
    {
        foreach (var key in keys.Values) key.Dispose();
    }

    private ECDsa KeyOf(NodeAddress node) => keys.GetOrAdd(node, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
