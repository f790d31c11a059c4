namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>Small simulated runs in which what is asked about is bound to happen.</summary>
internal static class Stage
{
    /// <param name="faults">As in a scenario file, separated by commas.</param>
    /// <param name="gossip">What the scenario says about gossip.</param>
    /// <param name="seedNodes">What it says about seed nodes.</param>
    public static LoggedRun Run(
        string faults, int randomSeed = 1, int peers = 6, int links = 2, int seconds = 14,
        string gossip = """ "intervalMs": 2000, "maxMessagesPerPeer": 4, "publishers": { "count": 4 } """,
        string seedNodes = """ "count": 3 """) => LoggedRun.Staged(
        $$"""
        {
          "name": "staged", "runtime": "sim", "randomSeed": {{randomSeed}},
          "phases": { "warmupSeconds": 1, "measureSeconds": {{seconds}}, "drainSeconds": 1 },
          "seedNodes": { {{seedNodes}} },
          "peers": { "count": {{peers}}, "joinIntervalMs": 100 },
          "overlay": { "linksPerJoin": {{links}} },
          "gossip": { {{gossip}} },
          "network": { "latency": { "distribution": "constant", "valueMs": 20 } },
          "faults": [ {{faults}} ]
        }
        """);
}
