using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Graphs;

/// <summary>A file that is read, as messages call it.</summary>
internal readonly record struct InputSource(string Name)
{
    /// <summary>The exception that names the file and the line.</summary>
    /// <param name="line">From 1; 0 for the whole file.</param>
    public ScenarioException Wrong(int line, string problem) => new(new Origin(Name, line), problem);
}
