using System.Net;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// The names by which browsers may ask for a page. A browser sends the name in its address bar, so a page of another
/// site cannot send one of these, even when its own name is made to resolve to this machine (DNS rebinding). Ports do
/// not matter: a tunnel has a port of its own.
/// </summary>
internal sealed class HostNames(PageOptions options)
{
    private readonly HashSet<string> names = new(
        options.IsLoopback ? options.AllowedHosts : [.. options.AllowedHosts, .. OfThisMachine()],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names by which other machines find this one: as set, without its domain, in mDNS.</summary>
    public static IReadOnlyList<string> OfThisMachine()
    {
        var name = Dns.GetHostName();
        var first = name.Split('.')[0];
        return [name, first, $"{first}.local"];
    }

    /// <summary>Whether a name can be given as one of <see cref="PageOptions.AllowedHosts"/>.</summary>
    public static bool IsName(string text) =>
        Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <param name="local">The address of this machine at which the connection came in.</param>
    public bool Has(HostString host, IPAddress? local)
    {
        var name = host.Host.TrimEnd('.');
        if (names.Contains(name)) return true;
        return IPAddress.TryParse(name, out var address)
            ? IPAddress.IsLoopback(address) || address.MapToIPv6().Equals(local?.MapToIPv6())
            : name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
