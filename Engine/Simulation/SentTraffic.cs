namespace GossipSim.Engine.Simulation;

/// <summary>What nodes sent of one kind of message.</summary>
/// <param name="Kind">The type of the messages.</param>
/// <param name="Weighed">Of how many of them <paramref name="WeighedBytes"/> is the size.</param>
/// <param name="SpareBytes">The size of one of them where none was weighed; null where sizes are not asked for.</param>
public readonly record struct SentTraffic(
    Type Kind, long Messages, long Weighed, long WeighedBytes, int? SpareBytes = null);
