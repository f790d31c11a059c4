namespace GossipSim.Scenarios.CommandLine;

/// <summary>A mistake on the command line or in an input file other than a scenario: one line, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
