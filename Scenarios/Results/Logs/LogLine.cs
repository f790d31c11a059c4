using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Results;

internal enum LogLevel : byte
{
    Info,
    Warning,
    Error,
}

/// <summary>
/// What a node says in its log, before time and name are put in front. Whatever a message or a file holds stays on this
/// line, and does nothing to the terminal of whoever reads it.
/// </summary>
internal readonly record struct LogLine(LogLevel Level, string Text)
{
    public string Text { get; } = VisibleText.OnOneLine(Text);
}
