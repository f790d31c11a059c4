using System.Globalization;
using System.Net;

namespace GossipSim.Engine.Protocol;

/// <summary>Where a node listens: an IPv4 address and a port, in 8 bytes. Printed <c>ip:port</c>.</summary>
/// <param name="Host">The IPv4 address as a number, most significant byte first (127.0.0.1 is 0x7F000001).</param>
/// <param name="Port">1 to 65535; 0 only in <see cref="None"/>.</param>
public readonly record struct NodeAddress(uint Host, ushort Port) : IComparable<NodeAddress>
{
    /// <summary>No address at all.</summary>
    public static readonly NodeAddress None;

    public bool IsNone => Port == 0;

    /// <summary>Host and port as one number; its order is the order of addresses.</summary>
    public ulong Packed => ((ulong)Host << 16) | Port;

    public string HostText => string.Create(
        CultureInfo.InvariantCulture, $"{Host >> 24}.{(Host >> 16) & 255}.{(Host >> 8) & 255}.{Host & 255}");

    public int CompareTo(NodeAddress other) => Packed.CompareTo(other.Packed);

    // string.GetHashCode-like randomisation has no place here: the same address hashes the same everywhere.
    public override int GetHashCode() => (int)(Mix64.Of(Packed) >> 32);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostText}:{Port}");

    public static bool operator <(NodeAddress left, NodeAddress right) => left.Packed < right.Packed;

    public static bool operator >(NodeAddress left, NodeAddress right) => left.Packed > right.Packed;

    public static bool operator <=(NodeAddress left, NodeAddress right) => left.Packed <= right.Packed;

    public static bool operator >=(NodeAddress left, NodeAddress right) => left.Packed >= right.Packed;

    public static NodeAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an address; expected ip:port, as in 127.0.0.1:7000");

    /// <summary>Reads <c>ip:port</c>; only dotted IPv4 and ports 1 to 65535 are addresses of nodes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NodeAddress address)
    {
        address = None;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !TryParseHost(text[..colon], out var host)) return false;
        if (!ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        if (port == 0) return false;
        address = new NodeAddress(host, port);
        return true;
    }

    public static bool TryParseHost(ReadOnlySpan<char> text, out uint host)
    {
        host = 0;
        // IPAddress also reads "1" and "127.1"; a node's address is written with all four numbers.
        if (text.Count('.') != 3 || !IPAddress.TryParse(text, out var parsed)) return false;
        Span<byte> bytes = stackalloc byte[4];
        if (!parsed.TryWriteBytes(bytes, out var written) || written != 4) return false;
        host = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return true;
    }
}
