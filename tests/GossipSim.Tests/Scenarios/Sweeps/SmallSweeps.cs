using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.Sweeps;

/// <summary>Sweeps whose runs take a moment, and plans that nobody runs.</summary>
internal static class SmallSweeps
{
    /// <summary>Six cells of two repeats.</summary>
    public const string Grid =
        """
        {
          "name": "small", "runtime": "sim", "randomSeed": 7,
          "phases": { "warmupSeconds": 0, "measureSeconds": 6, "drainSeconds": 1 },
          "peers": { "count": 8, "joinIntervalMs": 5 },
          "gossip": { "intervalMs": 1500, "maxMessagesPerPeer": 2, "publishers": { "count": 2 } },
          "sweep": {
            "repeats": 2,
            "parameters": [
              { "path": "network.lossProbability", "label": "loss", "values": [0, 0.05] },
              { "path": "peers.count", "from": 6, "to": 10, "steps": 3, "wholeNumbers": true }
            ],
            "metrics": [{ "path": "gossip.latencyMs.p50", "label": "latency (ms)" }, { "path": "overlay.edges" }]
          }
        }
        """;

    public const string Hypercube =
        """
        {
          "name": "cube", "randomSeed": 3,
          "phases": { "warmupSeconds": 0, "measureSeconds": 4, "drainSeconds": 1 },
          "peers": { "count": 8, "joinIntervalMs": 5 },
          "gossip": { "intervalMs": 1500, "maxMessagesPerPeer": 1, "publishers": { "count": 2 } },
          "network": { "latency": { "distribution": "logNormal", "medianMs": 20, "sigma": 0.4 } },
          "sweep": {
            "design": "latinHypercube", "samples": 6, "repeats": 2,
            "parameters": [
              { "path": "network.lossProbability", "from": 0, "to": 0.05 },
              { "path": "network.latency.medianMs", "from": 5, "to": 50, "scale": "logarithmic" }
            ],
            "metrics": [{ "path": "gossip.latencyMs.p50" }]
          }
        }
        """;

    public static SweepPlan Plan(string text, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        folder.Write("a.json", text);
        Setting[] given = [.. settings.Select(Setting.Parse)];
        return SweepPlan.Of(Load([]), Load);

        LoadedScenario Load(IReadOnlyList<Setting> more) =>
            new ScenarioLoader(folder.Library).Load("a.json", [.. given, .. more]);
    }

    /// <summary>A result that nobody ran for.</summary>
    public static TaskResult ResultOf(SweepPlan plan, int number, double value = 1)
    {
        var task = plan.Task(number);
        return new TaskResult(
            number, task.Cell.Key,
            new Repeat(
                task.RandomSeed, 0, "00ff", new Dictionary<string, double>
                {
                    ["gossip.latencyMs.p50"] = value + 0.1, ["overlay.edges"] = 4,
                },
                null));
    }
}
