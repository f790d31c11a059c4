using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

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
        try
        {
            var found = Dns.GetHostAddresses(host, AddressFamily.InterNetwork);
            if (found.Length > 0 && NodeAddress.TryParseHost(found[0].ToString(), out number)) return number;
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            // Told below, like a name that has no IPv4 address.
        }

        throw new UsageException($"{place}: no IPv4 address is known for the host \"{host}\"");
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
