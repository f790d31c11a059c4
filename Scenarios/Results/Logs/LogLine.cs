namespace GossipSim.Scenarios.Results;

internal enum LogLevel : byte
{
    Info,
    Warning,
    Error,
}

/// <summary>What a node says in its log, before time and name are put in front.</summary>
internal readonly record struct LogLine(LogLevel Level, string Text);
