using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Signs with the keys of the nodes that run here, and checks with those that certificates of the cluster name: ECDSA
/// P-256 over SHA-256.
/// </summary>
public sealed class NodeSignatures(ClusterKeys keys) : ISignatures
{
    /// <exception cref="KeyNotFoundException">The signer has no key here.</exception>
    public byte[] Sign(NodeAddress signer, ReadOnlySpan<byte> statement)
    {
        var signature = new byte[NodeKeys.SignatureBytes];
        keys.Of(signer).Sign(statement, signature);
        return signature;
    }

    public bool IsValid(NodeAddress signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        keys.Trust.HasSigned(signer, statement, signature);
}
