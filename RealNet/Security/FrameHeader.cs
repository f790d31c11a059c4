using System.Buffers.Text;

namespace GossipSim.RealNet.Security;

/// <summary>
/// The line before the lines of a frame, JSON like them: <c>{"mac":"...","bytes":312}</c> names the key and has the
/// code of the bytes that follow. The first one of either end also has its fresh number, <c>"nonce"</c>.
/// </summary>
internal readonly ref struct FrameHeader
{
    public const int NonceCharacters = 22;

    private const int MacCharacters = SharedKey.IdCharacters + FrameCoder.CodeCharacters;

    // As many digits as the bytes of a frame can have.
    private const int Digits = 5;

    private FrameHeader(ReadOnlySpan<byte> mac, int bytes, ReadOnlySpan<byte> nonce)
    {
        KeyId = mac[..SharedKey.IdCharacters];
        Code = mac[SharedKey.IdCharacters..];
        Bytes = bytes;
        Nonce = nonce;
    }

    public ReadOnlySpan<byte> KeyId { get; }

    public ReadOnlySpan<byte> Code { get; }

    /// <summary>Of the lines that follow, with their ends.</summary>
    public int Bytes { get; }

    /// <summary>As base64url; empty when there is none.</summary>
    public ReadOnlySpan<byte> Nonce { get; }

    /// <summary>The longest there is, with its end.</summary>
    public static int MostBytes =>
        MacField.Length + MacCharacters + BytesField.Length + Digits + NonceField.Length + NonceCharacters + 3;

    private static ReadOnlySpan<byte> MacField => "{\"mac\":\""u8;

    private static ReadOnlySpan<byte> BytesField => "\",\"bytes\":"u8;

    private static ReadOnlySpan<byte> NonceField => ",\"nonce\":\""u8;

    /// <param name="line">Without its end.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out FrameHeader header)
    {
        header = default;
        if (!line.StartsWith(MacField) || line.Length < MacField.Length + MacCharacters) return false;
        var mac = line.Slice(MacField.Length, MacCharacters);
        line = line[(MacField.Length + MacCharacters)..];
        if (!line.StartsWith(BytesField)) return false;
        line = line[BytesField.Length..];
        if (!Utf8Parser.TryParse(line, out int bytes, out var digits) || bytes <= 0) return false;
        line = line[digits..];
        var nonce = ReadOnlySpan<byte>.Empty;
        if (line.StartsWith(NonceField) && line.Length > NonceField.Length + NonceCharacters)
        {
            nonce = line.Slice(NonceField.Length, NonceCharacters);
            line = line[(NonceField.Length + NonceCharacters + 1)..];
        }

        header = new FrameHeader(mac, bytes, nonce);
        return line.SequenceEqual("}"u8);
    }

    /// <param name="nonce">Empty: none.</param>
    /// <returns>The bytes that it takes, with its end.</returns>
    public static int Write(
        Span<byte> into, string keyId, ReadOnlySpan<byte> code, int bytes, ReadOnlySpan<byte> nonce)
    {
        MacField.CopyTo(into);
        var used = MacField.Length;
        foreach (var character in keyId) into[used++] = (byte)character;
        code.CopyTo(into[used..]);
        used += code.Length;
        BytesField.CopyTo(into[used..]);
        used += BytesField.Length;
        Utf8Formatter.TryFormat(bytes, into[used..], out var digits);
        used += digits;
        if (!nonce.IsEmpty)
        {
            NonceField.CopyTo(into[used..]);
            used += NonceField.Length;
            used += Base64Url.EncodeToUtf8(nonce, into[used..]);
            into[used++] = (byte)'"';
        }

        "}\n"u8.CopyTo(into[used..]);
        return used + 2;
    }
}
