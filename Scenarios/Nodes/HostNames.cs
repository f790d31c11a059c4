using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Prompting;

namespace GossipSim.Scenarios.Nodes;

/// <summary>From names to IPv4 addresses, and which of them are this machine's.</summary>
internal static class HostNames
{
    /// <summary>0.0.0.0: to listen at every address of the machine.</summary>
    public const uint Any = 0;

    public const uint Loopback = 0x7F000001;

    /// <exception cref="UsageException">Nobody knows the name.</exception>
    public static uint Resolve(string host, string place)
    {
        if (TryRead(host, place, out uint number)) return number;
        // It may take many seconds.
        var found = new NameLookUp().FindAsync(host, CancellationToken.None).GetAwaiter().GetResult();
        return OrNotIPv6(found, host, place) ?? throw new UsageException(
            $"{place}: no IPv4 address is known for the host \"{TypedText.Shown(host)}\"");
    }

    public static NodeAddress Resolve(WrittenAddress written) =>
        new(Resolve(written.Host, written.Place), written.Port);

    /// <summary>Whether it is an IPv4 address already, and no name.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static bool TryRead(string host, string place, out uint number)
    {
        // To the system nothing is a name too, that of this machine.
        if (string.IsNullOrWhiteSpace(host))
            throw new UsageException($"{place}: found nothing, allowed is the name of a host or an IPv4 address");
        if (NodeAddress.TryParseHost(host, out number)) return true;
        if (host.StartsWith('[') || IsIPv6(host)) throw NoIPv6(host, place);
        if (Uri.CheckHostName(host) == UriHostNameType.Dns) return false;
        throw new UsageException(
            $"{place}: found \"{TypedText.Shown(host)}\", allowed is the name of a host or an IPv4 address");
    }

    /// <exception cref="UsageException">The name has addresses, and none that a node can use.</exception>
    public static uint? OrNotIPv6(FoundAddress found, string host, string place) => !found.IsIPv6Only
        ? found.Host
        : throw new UsageException(
            $"{place}: the host \"{TypedText.Shown(host)}\" has only IPv6 addresses; a node needs an IPv4 address");

    /// <summary>Whether it is an IPv6 address without brackets.</summary>
    public static bool IsIPv6(string text) =>
        text.Count(':') > 1 && IPAddress.TryParse(text, out var read)
        && read.AddressFamily == AddressFamily.InterNetworkV6;

    public static UsageException NoIPv6(string found, string place) => new(
        $"{place}: found \"{TypedText.Shown(found)}\": IPv6 is not supported; allowed is an IPv4 address or a name");

    public static bool IsLoopback(uint host) => NodeAddress.IsLoopback(host);

    /// <summary>Whether this machine can listen there.</summary>
    public static bool IsLocal(uint host) => IsLoopback(host) || NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Any(each => each.Address.AddressFamily == AddressFamily.InterNetwork
            && NameLookUp.NumberOf(each.Address) == host);

    /// <summary>The address of this machine from which it reaches another; nothing is sent for that.</summary>
    public static uint Towards(NodeAddress other)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(IPAddress.Parse(other.HostText), other.Port);
            return NameLookUp.NumberOf(((IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (SocketException unreachable)
        {
            throw new UsageException($"no way to the seed node {other}: {unreachable.Message}; say --host");
        }
    }
}
