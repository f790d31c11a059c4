using System.Security.Cryptography;
using System.Text;

namespace GossipSim.Engine.Protocol;

/// <summary>Identifies a gossip message: its origin, the origin's membership epoch, and a count from 1.</summary>
public readonly record struct GossipKey(NodeAddress Origin, int Epoch, int Number)
{
    public override int GetHashCode() => (int)(Fingerprint() >> 32);

    public ulong Fingerprint() => Mix64.Of(Origin.Packed, ((ulong)(uint)Epoch << 32) | (uint)Number);

    /// <summary>64 bits of the first two alone: all messages of one membership share them.</summary>
    public static ulong OriginFingerprint(NodeAddress origin, int epoch) => Mix64.Of(origin.Packed, (uint)epoch);
}

/// <summary>A SHA-256 hash as four numbers: the entry of a message in the Message List.</summary>
public readonly record struct ContentHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int ShortContent = 1024;

    public static ContentHash Of(string id, string text)
    {
        // Every copy that a flood brings over a wire is hashed: most are short, and need no memory for it.
        var most = Encoding.UTF8.GetMaxByteCount(id.Length + 1 + text.Length);
        var content = most <= ShortContent ? stackalloc byte[most] : new byte[most];
        var used = Encoding.UTF8.GetBytes(id, content);
        content[used++] = (byte)'\n';
        used += Encoding.UTF8.GetBytes(text, content[used..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..used], hash);
        return new ContentHash(
            BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]),
            BitConverter.ToUInt64(hash[16..]), BitConverter.ToUInt64(hash[24..]));
    }

    public override int GetHashCode() => (int)(A >> 32);
}
