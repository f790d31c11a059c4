using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Signatures of one key that were checked and are good. A vote is heard as a vote, again in the certificate, and by
/// all nodes of this process: checking it once is enough, because it is known by the SHA-256 of all its bytes. Only
/// good ones are remembered, and of these the last. Used by one thread at a time.
/// </summary>
internal sealed class AcceptedSignatures
{
    /// <summary>
    /// At most twice as many are remembered. Our choice: a seed node signs some hundred votes a second, and each is
    /// heard everywhere within one or two.
    /// </summary>
    public const int Generation = 256;

    private HashSet<Digest> younger = [];
    private HashSet<Digest> older = [];

    /// <param name="signature">Always as long, so that no other data and signature make the same bytes.</param>
    public static Digest Of(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(signature);
        hash.AppendData(data);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return new Digest(
            BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]));
    }

    public bool Contains(in Digest digest) => younger.Contains(digest) || older.Contains(digest);

    public void Add(in Digest digest)
    {
        if (younger.Count >= Generation) (older, younger) = (younger, []);
        younger.Add(digest);
    }

    public readonly record struct Digest(UInt128 First, UInt128 Second);
}
