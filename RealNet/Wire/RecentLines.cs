using System.Runtime.InteropServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// What lines of late said. A flood brings a peer the same line over every link, but for its hops, and neighbors say
/// the same in every PONG: reading such a line again costs a comparison and no memory, and its readers share one
/// message, as those of the simulator do.
/// </summary>
internal sealed class RecentLines
{
    /// <summary>Our choice: the PONGs of some thousand peers. A power of two.</summary>
    private const int Slots = 4096;

    /// <summary>Our choice: longer lines are lists, which are said once.</summary>
    private const int LongestHead = 512;

    private static ReadOnlySpan<byte> HopsMark => ",\"hops\":"u8;

    private readonly Entry?[] entries = new Entry?[Slots];

    /// <param name="Head">The line without its hops, and all of it where it has none.</param>
    private sealed record Entry(byte[] Head, Decoded Decoded);

    /// <summary>Lines come on many threads, and a slot holds what was written last: whole, or not at all.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out Decoded decoded)
    {
        decoded = default;
        var head = HeadOf(line, out var hops);
        if (head.Length > LongestHead) return false;
        if (Volatile.Read(ref SlotOf(head)) is not { } entry || !head.SequenceEqual(entry.Head)) return false;
        // Cut off before its hops, or with hops behind its end, it is another line, and none of ours.
        if (CountsHops(entry.Decoded) != (hops > 0)) return false;
        decoded = hops == 0 ? entry.Decoded : entry.Decoded with { Hops = hops };
        return true;
    }

    public void Note(ReadOnlySpan<byte> line, in Decoded decoded)
    {
        if (decoded.Message is not (Gossip or Ping or Pong)) return;
        var head = HeadOf(line, out var hops);
        // Hops anywhere else than at the end belong to what is compared.
        if (head.Length > LongestHead || CountsHops(decoded) != (hops > 0)) return;
        Volatile.Write(ref SlotOf(head), new Entry(head.ToArray(), decoded));
    }

    private static bool CountsHops(in Decoded decoded) => MessageTypes.CountsHops(decoded.Message!);

    private ref Entry? SlotOf(ReadOnlySpan<byte> head) => ref entries[Hash(head) & (Slots - 1)];

    /// <param name="hops">0 when the line does not end as ours with hops do.</param>
    private static ReadOnlySpan<byte> HeadOf(ReadOnlySpan<byte> line, out int hops)
    {
        hops = 0;
        var mark = line.LastIndexOf(HopsMark);
        if (mark < 0 || line[^1] != '}') return line;
        foreach (var digit in line[(mark + HopsMark.Length)..^1])
        {
            // As the codec reads them: no leading zero, and no more than fits.
            if (!char.IsAsciiDigit((char)digit) || (hops == 0 && digit == '0') || hops >= int.MaxValue / 10)
            {
                hops = 0;
                return line;
            }

            hops = (10 * hops) + digit - '0';
        }

        return hops == 0 ? line : line[..mark];
    }

    private static uint Hash(ReadOnlySpan<byte> head)
    {
        var hash = (ulong)head.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(head);
        foreach (var word in words) hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
        foreach (var rest in head[(words.Length * sizeof(ulong))..]) hash = (hash ^ rest) * 0x9E3779B97F4A7C15UL;
        return (uint)(hash >> 32);
    }
}
