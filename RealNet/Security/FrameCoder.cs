using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Makes the codes of one direction of one connection. Its key is made of the shared key and of all that tells this
/// direction from any other: both ends' fresh numbers, who dialed, and the cluster. So a frame that is good here is
/// good nowhere else, and its place in the order, which is under the code too, not even here a second time.
/// </summary>
internal sealed class FrameCoder : IDisposable
{
    /// <summary>Half of HMAC-SHA256, which its specification allows (RFC 2104, section 5), as base64url.</summary>
    public const int CodeCharacters = 22;

    private const int CodeBytes = 16;

    private readonly IncrementalHash hash;

    private FrameCoder(SharedKey shared, IncrementalHash hash) => (Shared, this.hash) = (shared, hash);

    public SharedKey Shared { get; }

    public static FrameCoder For(
        SharedKey shared, string cluster, Direction direction, ReadOnlySpan<byte> dialer, ReadOnlySpan<byte> acceptor)
    {
        byte[] place =
        [
            .. "gossipsim frame code 1"u8, (byte)direction, .. dialer, .. acceptor,
            .. Encoding.UTF8.GetBytes(cluster),
        ];
        Span<byte> key = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(shared.Secret, place, key);
        return new FrameCoder(shared, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));
    }

    /// <param name="number">Which frame of its direction it is, from 0.</param>
    /// <param name="code">Gets <see cref="CodeCharacters"/> characters.</param>
    public void Code(ReadOnlySpan<byte> lines, long number, Span<byte> code)
    {
        hash.AppendData(lines);
        Finish(number, code);
    }

    /// <summary>Takes as long whichever of the characters are wrong.</summary>
    public bool IsCode(in ReadOnlySequence<byte> lines, long number, ReadOnlySpan<byte> code)
    {
        foreach (var piece in lines) hash.AppendData(piece.Span);
        Span<byte> right = stackalloc byte[CodeCharacters];
        Finish(number, right);
        return CryptographicOperations.FixedTimeEquals(right, code);
    }

    public void Dispose() => hash.Dispose();

    private void Finish(long number, Span<byte> code)
    {
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(end, number);
        hash.AppendData(end);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        Base64Url.EncodeToUtf8(digest[..CodeBytes], code);
    }
}

/// <summary>Which way lines go.</summary>
internal enum Direction : byte
{
    FromDialer = (byte)'d',
    FromAcceptor = (byte)'a',
}
