namespace GossipSim.Scenarios.Results;

/// <summary>An event log that cannot be read. The message is one line that names the file and the line.</summary>
internal sealed class EventLogException(string message) : Exception(message);
