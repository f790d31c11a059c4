namespace GossipSim.Scenarios.Sweeps;

/// <summary>How many runs of a sweep go on at the same time in one process.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Our choice, for the largest memory of a simulated run: a million peers take 11 kB each with samples of them
    /// watched; a thousand that gossip and are watched all take several times as much.
    /// </summary>
    private const long BytesPerPeer = 64 * 1024;

    private const long BytesPerRun = 32L * 1024 * 1024;

    /// <summary>The rest is for the results, the program and others.</summary>
    private const double ShareOfMemory = 0.7;

    /// <summary>One for each core that this process may use, as far as the memory holds them.</summary>
    public static int Of(SweepPlan plan) =>
        Of(plan.Cells.Max(cell => cell.Scenario.AllPeers), Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public static int Of(int peers, int cores, long memoryBytes)
    {
        var fitting = memoryBytes * ShareOfMemory / (BytesPerRun + (double)BytesPerPeer * peers);
        return (int)Math.Clamp(fitting, 1, cores);
    }
}
