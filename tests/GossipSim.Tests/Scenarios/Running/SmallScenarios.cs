using System.Globalization;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>The shipped scenarios, shrunk to what runs in a moment.</summary>
internal static class SmallScenarios
{
    public const string KillHub =
        """{ "id": "kill-hub", "type": "crash", "atSeconds": 6, "target": { "pick": "highestDegree" } }""";

    public const string Split =
        """
        { "id": "split", "type": "partition", "atSeconds": 5, "healAfterSeconds": 14, "groups": [
            [{ "role": "seed", "index": [0, 1] }, { "pick": "random", "fraction": 0.6 }], "rest"] }
        """;

    public static string CrashHub => With(KillHub, measureSeconds: 20);

    public static string Partition => With(Split, measureSeconds: 40);

    /// <param name="faults">The scenario's faults in JSON, without the brackets around them.</param>
    public static string With(string faults, int measureSeconds = 20, int peers = 40) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          "name": "small",
          "runtime": "sim",
          "phases": { "warmupSeconds": 1, "measureSeconds": {{measureSeconds}}, "drainSeconds": 2 },
          "peers": { "count": {{peers}}, "joinIntervalMs": 5 },
          "gossip": { "intervalMs": 1500, "maxMessagesPerPeer": 6, "publishers": { "count": 8 } },
          "network": { "latency": { "distribution": "logNormal", "medianMs": 20, "sigma": 0.4 } },
          "faults": [ {{faults}} ],
          "expectations": [ { "metric": "gossip.coverageOfLivePeersMin", "op": "==", "value": 1.0 } ],
          "outputs": { "compatLogs": ["doc000", "doc002", "doc003"] }
        }
        """);
}
