namespace GossipSim.Engine.Protocol;

/// <summary>
/// The order in which an address concerns the seed nodes: the one that hashing names, then the next, and so on round.
/// Peers and seed nodes compute it alike, so reports about one member meet at one seed node and nobody is unwatched.
/// </summary>
public static class SeedRing
{
    /// <summary>
    /// The index, in the configured order, of the seed node that comes <paramref name="turn"/>-th for an address.
    /// </summary>
    public static int IndexOf(NodeAddress address, int turn, int seedNodes) =>
        (int)((Mix64.Of(address.Packed) + (ulong)turn) % (ulong)seedNodes);
}
