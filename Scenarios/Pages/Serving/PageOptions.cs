using System.Net;

namespace GossipSim.Scenarios.Pages;

/// <summary>Where pages are served, and which one comes first.</summary>
internal sealed record PageOptions
{
    /// <summary>The file that the bare address gives.</summary>
    public string StartPage { get; init; } = "dashboard.html";

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Loopback, unless somebody asked for more.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Further names by which browsers may ask for the page: host names without a port.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether it is served at every address of this machine.</summary>
    public bool IsEverywhere => Listen.Equals(IPAddress.Any) || Listen.Equals(IPAddress.IPv6Any);

    public bool IsLoopback => IPAddress.IsLoopback(Listen);
}
