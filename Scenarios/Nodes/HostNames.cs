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
        // To the system nothing is a name too, that of this machine.
        if (string.IsNullOrWhiteSpace(host))
            throw new UsageException($"{place}: found nothing, allowed is the name of a host or an IPv4 address");
        if (NodeAddress.TryParseHost(host, out uint number)) return number;
        if (host.StartsWith('[') || IsIPv6(host)) throw NoIPv6(host, place);
        var (address, isIPv6Only) = Ask(host);
        if (address is { } known) return known;
        throw new UsageException(isIPv6Only
            ? $"{place}: the host \"{TypedText.Shown(host)}\" has only IPv6 addresses; a node needs an IPv4 address"
            : $"{place}: no IPv4 address is known for the host \"{TypedText.Shown(host)}\"");
    }

    /// <summary>Whether it is an IPv6 address without brackets.</summary>
    public static bool IsIPv6(string text) =>
        text.Count(':') > 1 && IPAddress.TryParse(text, out var read)
        && read.AddressFamily == AddressFamily.InterNetworkV6;

    public static UsageException NoIPv6(string found, string place) => new(
        $"{place}: found \"{TypedText.Shown(found)}\": IPv6 is not supported; allowed is an IPv4 address or a name");

    /// <summary>
    /// Asks the system, which may take many seconds. Of several addresses the lowest counts: all nodes must call a
    /// seed node by the same one, and servers answer in changing order.
    /// </summary>
    private static (uint? Address, bool IsIPv6Only) Ask(string host)
    {
        try
        {
            var found = Dns.GetHostAddresses(host);
            uint[] usable =
                [.. found.Where(each => each.AddressFamily == AddressFamily.InterNetwork).Select(NumberOf)];
            return (usable.Length > 0 ? usable.Min() : null, found.Length > 0 && usable.Length == 0);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return (null, false);
        }
    }

    /// <summary>The addresses of a file's seed nodes, in its order.</summary>
    /// <exception cref="UsageException">A name has no address, or two lines name one seed node.</exception>
    public static NodeAddress[] ResolveAll(NetworkFile file)
    {
        NodeAddress[] all = [.. file.SeedNodes.Select(Resolve)];
        RequireDifferent(file, all);
        return all;
    }

    /// <exception cref="UsageException">Two lines name one seed node.</exception>
    private static void RequireDifferent(NetworkFile file, NodeAddress[] all)
    {
        for (int later = 0; later < all.Length; later++)
        {
            int earlier = Array.IndexOf(all, all[later]);
            if (earlier == later) continue;
            var (one, other) = (file.SeedNodes[earlier], file.SeedNodes[later]);
            throw new UsageException(
                $"{one.Place} ({one}) and {other.Place} ({other}) name the same seed node {all[later]},"
                + " which would vote twice");
        }
    }

    public static NodeAddress Resolve(WrittenAddress written) =>
        new(Resolve(written.Host, written.Place), written.Port);

    public static bool IsLoopback(uint host) => NodeAddress.IsLoopback(host);

    /// <summary>Whether this machine can listen there.</summary>
    public static bool IsLocal(uint host) => IsLoopback(host) || NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Any(each => each.Address.AddressFamily == AddressFamily.InterNetwork && NumberOf(each.Address) == host);

    /// <summary>The address of this machine from which it reaches another; nothing is sent for that.</summary>
    public static uint Towards(NodeAddress other)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(IPAddress.Parse(other.HostText), other.Port);
            return NumberOf(((IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (SocketException unreachable)
        {
            throw new UsageException($"no way to the seed node {other}: {unreachable.Message}; say --host");
        }
    }

    private static uint NumberOf(IPAddress address) =>
        NodeAddress.TryParseHost(address.ToString(), out uint number) ? number : Any;
}
