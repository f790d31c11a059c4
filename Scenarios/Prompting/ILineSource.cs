using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Prompting;

/// <summary>Where commands come from: a person at a terminal, or a script.</summary>
internal interface ILineSource
{
    /// <summary>Where everything is said, also while a line is typed.</summary>
    TextWriter Output { get; }

    /// <summary>The next line; null when there are no more.</summary>
    /// <exception cref="UsageException">It is too long; the next call reads the line after it.</exception>
    string? ReadLine();
}
