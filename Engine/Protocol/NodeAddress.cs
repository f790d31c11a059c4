using System.Globalization;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Where a node listens: an IPv4 address and a port, in 8 bytes. Printed <c>ip:port</c>. One number inside, so that
/// comparing takes one instruction and searching many of them is left to the vector unit.
/// </summary>
public readonly record struct NodeAddress : IComparable<NodeAddress>
{
    /// <summary>No address at all.</summary>
    public static readonly NodeAddress None;

    private readonly ulong packed;

    /// <param name="host">The IPv4 address as a number, most significant byte first (127.0.0.1 is 0x7F000001).</param>
    /// <param name="port">1 to 65535; 0 only in <see cref="None"/>.</param>
    public NodeAddress(uint host, ushort port) => packed = ((ulong)host << 16) | port;

    public uint Host => (uint)(packed >> 16);

    public ushort Port => (ushort)packed;

    public bool IsNone => Port == 0;

    /// <summary>Host and port as one number; its order is the order of addresses.</summary>
    public ulong Packed => packed;

    public string HostText => string.Create(
        CultureInfo.InvariantCulture, $"{Host >> 24}.{(Host >> 16) & 255}.{(Host >> 8) & 255}.{Host & 255}");

    public int CompareTo(NodeAddress other) => Packed.CompareTo(other.Packed);

    // The same on every machine and in every process, unlike the hashes that the runtime makes.
    public override int GetHashCode() => (int)(Mix64.Of(Packed) >> 32);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostText}:{Port}");

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
        address = None;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !TryParseHost(text[..colon], out var host)) return false;
        var portText = text[(colon + 1)..];
        if (!IsDigits(portText) || portText[0] == '0') return false;
        if (!ushort.TryParse(portText, CultureInfo.InvariantCulture, out var port)) return false;
        address = new NodeAddress(host, port);
        return true;
    }

    /// <summary>Whether only this machine itself can reach a host: 127.0.0.0/8 (RFC 1122, 3.2.1.3).</summary>
    public static bool IsLoopback(uint host) => host >> 24 == 127;

    /// <summary>
    /// Four decimal numbers without leading zeros: what is read is what is printed, and nothing else is read.
    /// </summary>
    public static bool TryParseHost(ReadOnlySpan<char> text, out uint host)
    {
        host = 0;
        var numbers = 0;
        foreach (var range in text.Split('.'))
        {
            var number = text[range];
            if (++numbers > 4 || (number.Length > 1 && number[0] == '0')) return false;
            if (!IsDigits(number) || !byte.TryParse(number, CultureInfo.InvariantCulture, out var value)) return false;
            host = (host << 8) | value;
        }

        return numbers == 4;
    }

    // The number parsers of the runtime also take signs, spaces and trailing zero characters.
    private static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
