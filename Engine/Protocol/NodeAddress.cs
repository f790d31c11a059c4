using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Where a node listens: an IPv4 address and a port, in 8 bytes. Printed <c>ip:port</c>. One number inside, so that
/// comparing takes one instruction and searching many of them is left to the vector unit.
/// </summary>
public readonly record struct NodeAddress : IComparable<NodeAddress>
{
    /// <summary>No address at all.</summary>
    public static readonly NodeAddress None;

    /// <summary>Characters of the longest address, 255.255.255.255:65535.</summary>
    public const int LongestText = 21;

    private readonly ulong packed;

    /// <param name="host">The IPv4 address as a number, most significant byte first (127.0.0.1 is 0x7F000001).</param>
    /// <param name="port">1 to 65535; 0 only in <see cref="None"/>.</param>
    public NodeAddress(uint host, ushort port) => packed = ((ulong)host << 16) | port;

    private NodeAddress(ulong packed) => this.packed = packed;

    public uint Host => (uint)(packed >> 16);

    public ushort Port => (ushort)packed;

    public bool IsNone => Port == 0;

    /// <summary>
    /// Whether it is the placeholder of a name without an address yet. No message is sent to it. 0.0.0.0/24 holds no
    /// host (RFC 1122, 3.2.1.3).
    /// </summary>
    public bool IsUnresolved => Host is > 0 and <= byte.MaxValue;

    /// <summary>The placeholder of the name at that place of a list, until the name has an address.</summary>
    public static NodeAddress Unresolved(int place, ushort port) => new((uint)place + 1, port);

    /// <summary>Host and port as one number; its order is the order of addresses.</summary>
    public ulong Packed => packed;

    /// <summary>The address whose <see cref="Packed"/> is a number: one that was calculated.</summary>
    internal static NodeAddress OfPacked(ulong packed) => new(packed);

    public string HostText
    {
        get
        {
            Span<byte> text = stackalloc byte[LongestText];
            return Encoding.ASCII.GetString(text[..WriteHost(text)]);
        }
    }

    public int CompareTo(NodeAddress other) => Packed.CompareTo(other.Packed);

    // The same on every machine and in every process, unlike the hashes that the runtime makes.
    public override int GetHashCode() => (int)(Mix64.Of(Packed) >> 32);

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[LongestText];
        return Encoding.ASCII.GetString(text[..Write(text)]);
    }

    /// <summary>Writes <c>ip:port</c> as ASCII: lists of peers are lines of hundreds of addresses.</summary>
    /// <param name="text">With room for <see cref="LongestText"/>.</param>
    /// <returns>How many bytes it is.</returns>
    public int Write(Span<byte> text)
    {
        var used = WriteHost(text);
        text[used++] = (byte)':';
        return used + WriteNumber(Port, text[used..]);
    }

    private int WriteHost(Span<byte> text)
    {
        var used = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            used += WriteNumber((Host >> shift) & 255, text[used..]);
            if (shift > 0) text[used++] = (byte)'.';
        }

        return used;
    }

    private static int WriteNumber(uint number, Span<byte> text)
    {
        number.TryFormat(text, out var used, provider: CultureInfo.InvariantCulture);
        return used;
    }

    public static bool operator <(NodeAddress left, NodeAddress right) => left.Packed < right.Packed;

    public static bool operator >(NodeAddress left, NodeAddress right) => left.Packed > right.Packed;

    public static bool operator <=(NodeAddress left, NodeAddress right) => left.Packed <= right.Packed;

    public static bool operator >=(NodeAddress left, NodeAddress right) => left.Packed >= right.Packed;

    /// <summary>The first place at which an address stands; -1 when it is not among them.</summary>
    internal static int IndexOf(ReadOnlySpan<NodeAddress> addresses, NodeAddress wanted) =>
        MemoryMarshal.Cast<NodeAddress, ulong>(addresses).IndexOf(wanted.packed);

    public static NodeAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an address; expected ip:port, as in 127.0.0.1:7000");

    /// <summary>Reads <c>ip:port</c>; only dotted IPv4 and ports 1 to 65535 are addresses of nodes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NodeAddress address)
    {
        Span<byte> ascii = stackalloc byte[LongestText];
        address = None;
        return TryNarrow(text, ref ascii) && TryParse(ascii, out address);
    }

    /// <summary>As it stands on the wire.</summary>
    public static bool TryParse(ReadOnlySpan<byte> ascii, out NodeAddress address)
    {
        address = None;
        var colon = ascii.LastIndexOf((byte)':');
        if (colon < 0 || !TryParseHost(ascii[..colon], out var host)) return false;
        if (!TryParseNumber(ascii[(colon + 1)..], ushort.MaxValue, out var port) || port == 0) return false;
        address = new NodeAddress(host, (ushort)port);
        return true;
    }

    public static bool TryParseHost(ReadOnlySpan<char> text, out uint host)
    {
        Span<byte> ascii = stackalloc byte[LongestText];
        host = 0;
        return TryNarrow(text, ref ascii) && TryParseHost(ascii, out host);
    }

    private static bool TryNarrow(ReadOnlySpan<char> text, ref Span<byte> ascii)
    {
        if (Ascii.FromUtf16(text, ascii, out var used) != OperationStatus.Done) return false;
        ascii = ascii[..used];
        return true;
    }

    private static bool TryParseHost(ReadOnlySpan<byte> ascii, out uint host)
    {
        host = 0;
        for (var number = 1; number <= 4; number++)
        {
            var length = number < 4 ? ascii.IndexOf((byte)'.') : ascii.Length;
            if (length < 0 || !TryParseNumber(ascii[..length], byte.MaxValue, out var value)) return false;
            host = (host << 8) | value;
            if (number < 4) ascii = ascii[(length + 1)..];
        }

        return true;
    }

    /// <summary>Whether only this machine itself can reach a host: 127.0.0.0/8 (RFC 1122, 3.2.1.3).</summary>
    public static bool IsLoopback(uint host) => host >> 24 == 127;

    /// <summary>
    /// A decimal number without leading zeros: what is read is what is printed, and nothing else is read. The number
    /// parsers of the runtime also take signs, spaces and trailing zero characters.
    /// </summary>
    private static bool TryParseNumber(ReadOnlySpan<byte> ascii, uint most, out uint number)
    {
        number = 0;
        if (ascii.Length is 0 or > 5 || (ascii[0] == '0' && ascii.Length > 1)) return false;
        foreach (var digit in ascii)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = (10 * number) + (uint)(digit - '0');
        }

        return number <= most;
    }
}
