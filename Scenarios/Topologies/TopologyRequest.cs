using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Topologies;

/// <summary>What <c>topology</c> is asked to do: grow overlays by one rule, and judge the degrees of each.</summary>
internal sealed record TopologyRequest
{
    /// <summary>Rule and parameters as scenarios have them, complete and checked; the first random seed.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>How many overlays, with the random seeds from the scenario's own on.</summary>
    public required int Runs { get; init; }

    /// <summary>Replicates for the p-value of each overlay.</summary>
    public required int Replicates { get; init; }

    public required int Threads { get; init; }

    /// <summary>Full path of the folder for the figure and the tables.</summary>
    public required string OutputDirectory { get; init; }
}
