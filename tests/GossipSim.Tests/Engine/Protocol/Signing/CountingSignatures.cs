using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Counts what is signed and what is checked.</summary>
internal sealed class CountingSignatures(ISignatures signatures) : ISignatures
{
    private readonly ConcurrentDictionary<NodeAddress, int> checkedOf = new();
    private int signed;
    private int verified;

    public int Signed => Volatile.Read(ref signed);

    public int Checked => Volatile.Read(ref verified);

    public byte[] Sign(NodeAddress signer, ReadOnlySpan<byte> statement)
    {
        Interlocked.Increment(ref signed);
        return signatures.Sign(signer, statement);
    }

    public bool IsValid(NodeAddress signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        Interlocked.Increment(ref verified);
        checkedOf.AddOrUpdate(signer, 1, (_, count) => count + 1);
        return signatures.IsValid(signer, statement, signature);
    }
}
