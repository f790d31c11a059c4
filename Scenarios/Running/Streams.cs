using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Workload and faults have streams of chance of their own, so that changing one does not shift the other: paired
/// comparisons of scenarios then meet the same chances.
/// </summary>
internal static class Streams
{
    private const ulong Workload = 0x776F726B6C6F6164UL;
    private const ulong Faults = 0x6661756C74730001UL;

    public static NodeRandom OfWorkload(long randomSeed) => new(Mix64.Of((ulong)randomSeed, Workload));

    /// <summary>One stream for each process of a publisher that starts during the scenario.</summary>
    public static NodeRandom OfPublisher(long randomSeed, NodeAddress publisher, Instant startedAt) => new(
        Mix64.Of(Mix64.Of((ulong)randomSeed, Workload), publisher.Packed, (ulong)startedAt.Microseconds));

    /// <summary>One stream per fault, by its id: it stays when other faults are added before it.</summary>
    public static NodeRandom OfFault(long randomSeed, string faultId)
    {
        var key = Mix64.Of((ulong)randomSeed, Faults);
        foreach (var letter in faultId) key = Mix64.Of(key, letter);
        return new NodeRandom(key);
    }
}
