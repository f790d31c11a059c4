namespace GossipSim.Scenarios.Files;

/// <summary>Where nodes listen: addresses and ports that a scenario gives out.</summary>
internal static class NodePlaces
{
    public const string HostPattern = "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$";

    public const int LargestPort = 65_535;

    /// <summary>Simulated peers beyond this number take the next address.</summary>
    public const int PeersPerAddress = 50_000;
}
