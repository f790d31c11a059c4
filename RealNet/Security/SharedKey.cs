using System.Buffers.Text;
using System.Security.Cryptography;

namespace GossipSim.RealNet.Security;

/// <summary>A secret that all nodes of a cluster know, and the short name by which lines say which it is.</summary>
public sealed class SharedKey
{
    /// <summary>256 bits, as long as what HMAC-SHA256 makes of it.</summary>
    public const int Bytes = 32;

    /// <summary>Characters of a key's name: 24 bits, because few keys are known at a time.</summary>
    public const int IdCharacters = 4;

    private const int IdBytes = 3;

    private readonly byte[] secret;

    /// <exception cref="ArgumentException">It is not <see cref="Bytes"/> long.</exception>
    public SharedKey(byte[] secret)
    {
        if (secret.Length != Bytes) throw new ArgumentException($"a key has {Bytes} bytes", nameof(secret));
        this.secret = secret;
        Id = NameOf(secret);
    }

    /// <summary>Follows from the secret, so that no two nodes can call different keys the same.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Secret => secret;

    public static SharedKey Generate() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>As it stands in a file: 43 characters of base64url.</summary>
    public string ToText() => Base64Url.EncodeToString(secret);

    /// <returns>Null when the text is no key.</returns>
    public static SharedKey? Parse(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text) is { Length: Bytes } secret ? new SharedKey(secret) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string NameOf(byte[] secret)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, "gossipsim key name"u8, digest);
        return Base64Url.EncodeToString(digest[..IdBytes]);
    }
}
