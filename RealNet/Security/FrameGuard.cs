using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Security;

/// <summary>
/// The codes of one connection with a shared key. All lines of a write are one frame: before them stands a line with
/// their code (<see cref="FrameHeader"/>), they themselves are as without a key, and none of them is handed on before
/// the code was found right. A code is dear whatever it is the code of, so busy links pay little for theirs. The first
/// frame of either end also brings a fresh number; an end that heard the other's puts both under its codes. The dialer
/// says nothing but HELLO before that, and what can be replayed of a HELLO alone ends where its claim is confirmed.
/// </summary>
/// <remarks>One thread seals at a time, and one cuts.</remarks>
internal sealed class FrameGuard : IDisposable
{
    public const int NonceBytes = 16;

    // How far around the expected frame one looks to name what is wrong with it.
    private const int Neighborhood = 64;

    private static readonly byte[] nobody = new byte[NonceBytes];

    private readonly KeyRing ring;
    private readonly string cluster;
    private readonly bool isDialer;
    private readonly byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private volatile byte[]? othersNonce;
    private FrameCoder? sealing;
    private object? sealingVersion;
    private long sealedFrames;
    private FrameCoder? checking;
    private object? checkingVersion;
    private long checkedFrames;
    private long open;   // bytes of the frame that was found right last, of lines that were not cut yet

    public FrameGuard(KeyRing ring, string cluster, bool isDialer) =>
        (this.ring, this.cluster, this.isDialer) = (ring, cluster, isDialer);

    /// <summary>Makes one frame of whole lines.</summary>
    /// <param name="buffer">Rented when it is needed; what is returned lies in it.</param>
    public ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> lines, ref byte[]? buffer)
    {
        // Nobody could check what a dialer says after its HELLO and before it heard the other's.
        if (lines.IsEmpty || (isDialer && sealedFrames > 0 && othersNonce is null)) return default;
        var most = FrameHeader.MostBytes + lines.Length;
        if (buffer is null || buffer.Length < most)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(most);
        }

        var coder = SealingCoder();
        Span<byte> code = stackalloc byte[FrameCoder.CodeCharacters];
        coder.Code(lines, sealedFrames, code);
        var used = FrameHeader.Write(buffer, coder.Shared.Id, code, lines.Length, sealedFrames == 0 ? nonce : []);
        lines.CopyTo(buffer.AsSpan(used));
        if (++sealedFrames == 1 && isDialer) Forget(ref sealing);
        return buffer.AsMemory(0, used + lines.Length);
    }

    /// <summary>
    /// Cuts off the next line, when the whole frame has come that it is in, and that is the next one that the other
    /// end sent on this connection, unchanged.
    /// </summary>
    /// <param name="line">Without its newline.</param>
    /// <param name="wrong">Why there will be no more lines.</param>
    public bool TryCutLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line, out Refusal wrong)
    {
        (line, wrong) = (default, Refusal.None);
        if (open == 0) wrong = Open(ref rest);
        if (open == 0 || !WireLine.TryCut(ref rest, out line)) return false;
        open -= line.Length + 1;
        return true;
    }

    public void Dispose()
    {
        sealing?.Dispose();
        checking?.Dispose();
    }

    private Refusal Open(ref ReadOnlySequence<byte> rest)
    {
        var lines = rest;
        if (!WireLine.TryCut(ref lines, out var first)) return Refusal.None;
        if (first.Length >= FrameHeader.MostBytes) return Refusal.MacExpected;
        Span<byte> text = stackalloc byte[(int)first.Length];
        first.CopyTo(text);
        if (!FrameHeader.TryRead(text, out var header)) return Refusal.MacExpected;
        if (header.Bytes >= WireLimits.LineBytes) return Refusal.LineTooLong;
        if (lines.Length < header.Bytes) return Refusal.None;
        rest = lines;
        return Check(lines.Slice(0, header.Bytes), header);
    }

    private Refusal Check(in ReadOnlySequence<byte> lines, in FrameHeader header)
    {
        if (!EndsLine(lines)) return Refusal.MacExpected;
        if (checkedFrames == 0 && !TryReadNonce(header.Nonce)) return Refusal.MacExpected;
        if (othersNonce.AsSpan().SequenceEqual(nonce)) return Refusal.ReflectedFrame;
        if (CheckingCoder(header.KeyId) is not { } coder) return Refusal.UnknownKey;
        if (!coder.IsCode(lines, checkedFrames, header.Code)) return WhyBad(lines, header.Code, coder);
        open = lines.Length;
        checkedFrames++;
        // The next one has this end's number under its code as well.
        if (checkedFrames == 1 && !isDialer) Forget(ref checking);
        return Refusal.None;
    }

    private static bool EndsLine(in ReadOnlySequence<byte> lines) =>
        lines.Slice(lines.Length - 1).FirstSpan[0] == (byte)'\n';

    private FrameCoder SealingCoder()
    {
        if (sealing is not null && sealingVersion == ring.Version) return sealing;
        sealingVersion = ring.Version;
        if (sealing?.Shared == ring.First) return sealing;
        Forget(ref sealing);
        return sealing = Coder(ring.First, isDialer, sealedFrames);
    }

    private FrameCoder? CheckingCoder(ReadOnlySpan<byte> id)
    {
        if (checking is not null && checkingVersion == ring.Version && KeyRing.IsNamed(checking.Shared, id))
            return checking;
        checkingVersion = ring.Version;
        if (ring.Find(id) is not { } key) return null;
        if (checking?.Shared == key) return checking;
        Forget(ref checking);
        return checking = Coder(key, !isDialer, checkedFrames);
    }

    private FrameCoder Coder(SharedKey key, bool fromDialer, long number)
    {
        var (mine, others) = (nonce, othersNonce ?? nobody);
        var (dialer, acceptor) = isDialer ? (mine, others) : (others, mine);
        if (fromDialer && number == 0) acceptor = nobody;
        return FrameCoder.For(
            key, cluster, fromDialer ? Direction.FromDialer : Direction.FromAcceptor, dialer, acceptor);
    }

    private bool TryReadNonce(ReadOnlySpan<byte> text)
    {
        var read = new byte[NonceBytes];
        if (!Base64Url.TryDecodeFromUtf8(text, read, out var written) || written != NonceBytes) return false;
        othersNonce = read;
        return true;
    }

    /// <summary>The connection ends anyway; what is left is to say why.</summary>
    private Refusal WhyBad(in ReadOnlySequence<byte> lines, ReadOnlySpan<byte> code, FrameCoder coder)
    {
        var (from, until) = (Math.Max(0, checkedFrames - Neighborhood), checkedFrames + Neighborhood);
        for (var number = from; number < until; number++)
        {
            if (!coder.IsCode(lines, number, code)) continue;
            return number < checkedFrames ? Refusal.ReplayedFrame : Refusal.FrameOutOfOrder;
        }

        for (var number = from; number < until; number++)
        {
            using var reversed = Coder(coder.Shared, isDialer, number);
            if (reversed.IsCode(lines, number, code)) return Refusal.ReflectedFrame;
        }

        using var first = Coder(coder.Shared, !isDialer, 0);
        return first.IsCode(lines, 0, code) ? Refusal.ReplayedFrame : Refusal.BadMac;
    }

    private static void Forget(ref FrameCoder? coder)
    {
        coder?.Dispose();
        coder = null;
    }
}
