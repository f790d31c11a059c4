using System.Globalization;
using System.Text.Json;
using MyProtocols;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary>Scenarios with own protocols, small enough to run in a moment.</summary>
internal static class OwnScenarios
{
    /// <summary>The assembly of the tests has protocols too; as a JSON text.</summary>
    public static string Assembly { get; } = JsonSerializer.Serialize(typeof(HighestValue).Assembly.Location);

    public const string Crash =
        """{ "id": "kill", "type": "crash", "atSeconds": 3, "target": { "pick": "highestDegree" } }""";

    /// <param name="faults">In JSON, without the brackets around them.</param>
    public static string Average(string faults = Crash, int nodes = 12, double spread = 0.01) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          "protocol": { "name": "pushPullAverage", "parameters": { "intervalMs": 100 } },
          "phases": { "warmupSeconds": 0, "measureSeconds": 5, "drainSeconds": 1 },
          "peers": { "count": {{nodes}}, "joinIntervalMs": 5 },
          "faults": [ {{faults}} ],
          "expectations": [ { "metric": "metrics.average.spread", "op": "<=", "value": {{spread}} } ]
        }
        """);

    /// <param name="parameters">In JSON.</param>
    public static string OfTests(string name, string parameters = "{}", string faults = "") =>
        $$"""
        {
          "protocol": { "name": "{{name}}", "assembly": {{Assembly}}, "parameters": {{parameters}} },
          "phases": { "warmupSeconds": 0, "measureSeconds": 8, "drainSeconds": 1 },
          "peers": { "count": 12 },
          "faults": [ {{faults}} ]
        }
        """;
}
