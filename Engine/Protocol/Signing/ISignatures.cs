namespace GossipSim.Engine.Protocol;

/// <summary>
/// Who signed what. Nodes never ask: ECDSA draws chance of its own, and a node is a function of its inputs. Their hosts
/// do, for them (<see cref="Notary"/>).
/// </summary>
public interface ISignatures
{
    /// <param name="signer">A node of this host.</param>
    byte[] Sign(NodeAddress signer, ReadOnlySpan<byte> statement);

    /// <summary>False also where nothing is known of the signer, and for bytes that are no signature at all.</summary>
    bool IsValid(NodeAddress signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature);
}
