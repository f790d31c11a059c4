using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Log lines on the screen: green, and red what went wrong.</summary>
internal static class ScreenLog
{
    public static Action<LogLevel, string> On(Terminal terminal) => (level, line) =>
        terminal.WriteLine(ColorOf(level), line);

    private static string ColorOf(LogLevel level) => level switch
    {
        LogLevel.Info => "\e[32m",
        LogLevel.Warning => "\e[33m",
        LogLevel.Error => "\e[31m",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
