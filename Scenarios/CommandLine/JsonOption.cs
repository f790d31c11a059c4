using System.CommandLine;
using System.Text.Json;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>--json</c>: one JSON object on stdout, everything else on stderr.</summary>
internal static class JsonOption
{
    public static Option<bool> Create(string description) => new("--json") { Description = description };

    public static void WriteLine(Terminal terminal, object value) =>
        terminal.Output.WriteLine(JsonSerializer.Serialize(value, ScenarioJson.Options));
}
