using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Security;

/// <summary>
/// The codes of one connection with a shared key. They are the last field of each line, so that it stays JSON that
/// people can read: <c>"mac"</c> names the key and has the code of all before it. The first line of either end also has
/// a fresh number, <c>"nonce"</c>; an end that heard the other's puts both under its codes. The dialer says nothing but
/// HELLO before that, and what can be replayed of a HELLO alone ends where its claim is confirmed.
/// </summary>
/// <remarks>One thread seals at a time, and one checks.</remarks>
internal sealed class FrameGuard : IDisposable
{
    public const int NonceBytes = 16;

    // How far around the expected line one looks to name what is wrong with it.
    private const int Neighborhood = 64;

    private const int NonceCharacters = 22;
    private const int MacCharacters = SharedKey.IdCharacters + FrameCoder.CodeCharacters;
    private static readonly byte[] nobody = new byte[NonceBytes];

    private readonly KeyRing ring;
    private readonly string cluster;
    private readonly bool isDialer;
    private readonly byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private volatile byte[]? othersNonce;
    private FrameCoder? sealing;
    private object? sealingVersion;
    private long sealedLines;
    private FrameCoder? checking;
    private object? checkingVersion;
    private long checkedLines;

    public FrameGuard(KeyRing ring, string cluster, bool isDialer) =>
        (this.ring, this.cluster, this.isDialer) = (ring, cluster, isDialer);

    private static ReadOnlySpan<byte> MacField => ",\"mac\":\""u8;

    private static ReadOnlySpan<byte> NonceField => ",\"nonce\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Bytes that a code adds to a line.</summary>
    public static int MacBytes => MacField.Length + MacCharacters + 1;

    private static int NonceFieldBytes => NonceField.Length + NonceCharacters + 1;

    /// <summary>Adds the codes to whole lines, each of them JSON and a newline.</summary>
    /// <param name="buffer">Rented when it is needed; what is returned lies in it.</param>
    public ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> lines, int count, ref byte[]? buffer)
    {
        // Nobody could check what a dialer says after its HELLO and before it heard the other's.
        if (isDialer && sealedLines > 0 && othersNonce is null) return default;
        var most = lines.Length + (count * MacBytes) + NonceFieldBytes;
        if (buffer is null || buffer.Length < most)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(most);
        }

        var used = 0;
        while (lines.Length > 0)
        {
            var length = lines.IndexOf((byte)'\n') + 1;
            used += SealLine(lines[..(length - 2)], buffer.AsSpan(used));
            lines = lines[length..];
        }

        return buffer.AsMemory(0, used);
    }

    /// <summary>Whether the line is the next one that the other end sent on this connection, unchanged.</summary>
    /// <param name="sequence">Without its newline.</param>
    public Refusal Check(in ReadOnlySequence<byte> sequence)
    {
        if (sequence.IsSingleSegment) return Check(sequence.FirstSpan);
        var length = (int)sequence.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        sequence.CopyTo(rented);
        var wrong = Check(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return wrong;
    }

    public Refusal Check(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith(End) || line.Length < MacBytes + 1) return Refusal.MacExpected;
        var content = line[..^(MacBytes + 1)];
        if (!line[content.Length..].StartsWith(MacField)) return Refusal.MacExpected;
        var mac = line.Slice(content.Length + MacField.Length, MacCharacters);
        if (checkedLines == 0 && !TryReadNonce(content)) return Refusal.MacExpected;
        if (othersNonce.AsSpan().SequenceEqual(nonce)) return Refusal.ReflectedFrame;
        if (CheckingCoder(mac[..SharedKey.IdCharacters]) is not { } coder) return Refusal.UnknownKey;
        var code = mac[SharedKey.IdCharacters..];
        if (!coder.IsCode(content, checkedLines, code)) return WhyBad(content, code, coder);
        checkedLines++;
        // The next one has this end's number under its code as well.
        if (checkedLines == 1 && !isDialer) Forget(ref checking);
        return Refusal.None;
    }

    public void Dispose()
    {
        sealing?.Dispose();
        checking?.Dispose();
    }

    private int SealLine(ReadOnlySpan<byte> open, Span<byte> into)
    {
        var length = open.Length;
        open.CopyTo(into);
        if (sealedLines == 0)
        {
            NonceField.CopyTo(into[length..]);
            Base64Url.EncodeToUtf8(nonce, into[(length + NonceField.Length)..]);
            length += NonceFieldBytes;
            into[length - 1] = (byte)'"';
        }

        var coder = SealingCoder();
        var tail = into[length..];
        MacField.CopyTo(tail);
        tail = tail[MacField.Length..];
        for (var index = 0; index < SharedKey.IdCharacters; index++) tail[index] = (byte)coder.Shared.Id[index];
        coder.Code(into[..length], sealedLines, tail[SharedKey.IdCharacters..]);
        End.CopyTo(tail[MacCharacters..]);
        tail[MacCharacters + End.Length] = (byte)'\n';
        if (++sealedLines == 1 && isDialer) Forget(ref sealing);
        return length + MacBytes + 2;
    }

    private FrameCoder SealingCoder()
    {
        if (sealing is not null && sealingVersion == ring.Version) return sealing;
        sealingVersion = ring.Version;
        if (sealing?.Shared == ring.First) return sealing;
        Forget(ref sealing);
        return sealing = Coder(ring.First, isDialer, sealedLines);
    }

    private FrameCoder? CheckingCoder(ReadOnlySpan<byte> id)
    {
        if (checking is not null && checkingVersion == ring.Version && KeyRing.IsNamed(checking.Shared, id))
            return checking;
        checkingVersion = ring.Version;
        if (ring.Find(id) is not { } key) return null;
        if (checking?.Shared == key) return checking;
        Forget(ref checking);
        return checking = Coder(key, !isDialer, checkedLines);
    }

    private FrameCoder Coder(SharedKey key, bool fromDialer, long number)
    {
        var (mine, others) = (nonce, othersNonce ?? nobody);
        var (dialer, acceptor) = isDialer ? (mine, others) : (others, mine);
        if (fromDialer && number == 0) acceptor = nobody;
        return FrameCoder.For(
            key, cluster, fromDialer ? Direction.FromDialer : Direction.FromAcceptor, dialer, acceptor);
    }

    private bool TryReadNonce(ReadOnlySpan<byte> content)
    {
        if (content.Length < NonceFieldBytes || content[^1] != '"') return false;
        var field = content[^NonceFieldBytes..];
        var read = new byte[NonceBytes];
        if (!field.StartsWith(NonceField)
            || !Base64Url.TryDecodeFromUtf8(field.Slice(NonceField.Length, NonceCharacters), read, out var written)
            || written != NonceBytes)
            return false;
        othersNonce = read;
        return true;
    }

    /// <summary>The connection ends anyway; what is left is to say why.</summary>
    private Refusal WhyBad(ReadOnlySpan<byte> content, ReadOnlySpan<byte> code, FrameCoder coder)
    {
        for (var number = Math.Max(0, checkedLines - Neighborhood); number < checkedLines + Neighborhood; number++)
        {
            if (!coder.IsCode(content, number, code)) continue;
            return number < checkedLines ? Refusal.ReplayedFrame : Refusal.FrameOutOfOrder;
        }

        for (var number = Math.Max(0, checkedLines - Neighborhood); number < checkedLines + Neighborhood; number++)
        {
            using var reversed = Coder(coder.Shared, isDialer, number);
            if (reversed.IsCode(content, number, code)) return Refusal.ReflectedFrame;
        }

        using var first = Coder(coder.Shared, !isDialer, 0);
        return first.IsCode(content, 0, code) ? Refusal.ReplayedFrame : Refusal.BadMac;
    }

    private static void Forget(ref FrameCoder? coder)
    {
        coder?.Dispose();
        coder = null;
    }
}
