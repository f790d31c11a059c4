using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Nodes;

/// <summary>How names of hosts are looked up, and how patiently.</summary>
internal sealed record NameLookUp
{
    /// <summary>All addresses of a name; fails with a <see cref="SocketException"/> where there are none.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Ask { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How long a node waits for the addresses of a quorum of seed nodes. Our choice: a container's name is
    /// known some seconds after its neighbors start.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before a name is asked for again; twice as long after each failure. Our choice.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause: a name server is asked for each name twice a minute. Our choice.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan PauseAfter(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>
    /// The IPv4 address of a name. Of several addresses the lowest counts: all nodes must call a seed node by the same
    /// one, and servers answer in changing order.
    /// </summary>
    public async Task<FoundAddress> FindAsync(string host, CancellationToken cancel)
    {
        try
        {
            var found = await Ask(host, cancel);
            uint[] usable = [.. found.Where(each => each.AddressFamily == AddressFamily.InterNetwork).Select(NumberOf)];
            return new FoundAddress(usable.Length > 0 ? usable.Min() : null, found.Length > 0 && usable.Length == 0);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return new FoundAddress(Host: null, IsIPv6Only: false);
        }
    }

    public static uint NumberOf(IPAddress address) =>
        NodeAddress.TryParseHost(address.ToString(), out uint number) ? number : HostNames.Any;
}

/// <param name="Host">Null: the name has no IPv4 address.</param>
internal readonly record struct FoundAddress(uint? Host, bool IsIPv6Only);
