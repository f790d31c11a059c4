using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Log lines on the screen, in the colors of document 003 (SOURCES S58).</summary>
internal static class ScreenLog
{
    private const string Reset = "\e[0m";

    public static Action<LogLevel, string> On(Terminal terminal) => (level, line) =>
        terminal.Output.WriteLine(terminal.IsColored ? ColorOf(level) + line + Reset : line);

    private static string ColorOf(LogLevel level) => level switch
    {
        LogLevel.Info => "\e[32m",
        LogLevel.Warning => "\e[33m",
        LogLevel.Error => "\e[31m",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
