using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>schema</c>: the JSON Schema of scenario files, for editors.</summary>
internal static class SchemaCommand
{
    public const string Name = "schema";

    public static Command Create(Terminal terminal)
    {
        var command = new Command(Name, "Print the JSON Schema of scenario files.");
        command.SetAction(_ => terminal.Output.Write(ScenarioSchema.Write()));
        return command;
    }
}
