namespace GossipSim.Engine.Protocol;

/// <summary>Each peer is linked to the next, and the last to the first.</summary>
public static class Ring
{
    /// <summary>Both ends of each link, as numbers of peers from 0. One peer has none, two have one.</summary>
    public static IReadOnlyList<(int One, int Other)> Links(int peers) => SmallWorld.Lattice(peers, reach: 1);
}
