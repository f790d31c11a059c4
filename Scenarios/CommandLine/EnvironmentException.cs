namespace GossipSim.Scenarios.CommandLine;

/// <summary>The machine stands in the way (a port in use, too few descriptors): one line, exit code 4.</summary>
internal sealed class EnvironmentException(string message) : Exception(message);
