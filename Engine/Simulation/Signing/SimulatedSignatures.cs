using System.Buffers.Binary;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Stands for ECDSA where only virtual time passes: a keyed hash of signer and statement, as long as a real signature.
/// No node can reach the key, so liars can sign for nobody but themselves.
/// </summary>
public sealed class SimulatedSignatures(ulong randomSeed) : ISignatures
{
    private const ulong KeyStream = 0x7369676E61747501UL;
    private const int SignatureBytes = 64;

    private readonly ulong key = Mix64.Of(randomSeed, KeyStream);

    public byte[] Sign(NodeAddress signer, ReadOnlySpan<byte> statement)
    {
        var signature = new byte[SignatureBytes];
        Write(signer, statement, signature);
        return signature;
    }

    public bool IsValid(NodeAddress signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureBytes];
        Write(signer, statement, expected);
        return signature.SequenceEqual(expected);
    }

    private void Write(NodeAddress signer, ReadOnlySpan<byte> statement, Span<byte> signature)
    {
        var (first, second) = (Mix64.Of(key, signer.Packed), Mix64.Of(signer.Packed, key));
        for (var place = 0; place < statement.Length; place++)
        {
            first = Mix64.Of(first ^ statement[place]);
            second = Mix64.Of(second + statement[place]);
        }

        for (var place = 0; place < SignatureBytes; place += sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(signature[place..], Mix64.Of(first, second, (ulong)place));
    }
}
