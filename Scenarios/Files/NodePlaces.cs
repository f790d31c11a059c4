namespace GossipSim.Scenarios.Files;

/// <summary>Where nodes listen: addresses and ports that a scenario gives out.</summary>
internal static class NodePlaces
{
    public const int LargestPort = 65_535;

    /// <summary>Simulated peers beyond this number take the next address.</summary>
    public const int PeersPerAddress = 50_000;

    public const string HostPattern = "^" + Octet + "(\\." + Octet + "){3}$";

    public const string HostWords = "an IPv4 address such as 127.0.0.1";

    public const string AddressPattern = "^" + Octet + "(\\." + Octet + "){3}:[0-9]{1,5}$";

    public const string AddressWords = "an address and port such as 127.0.0.1:7003";

    private const string Octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
}
