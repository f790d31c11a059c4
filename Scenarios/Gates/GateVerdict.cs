namespace GossipSim.Scenarios.Gates;

/// <summary>What the runs say of a gate.</summary>
internal enum GateVerdict
{
    /// <summary>The whole interval is within the bound.</summary>
    Passed,

    /// <summary>The whole interval is beyond the bound.</summary>
    Failed,

    /// <summary>The interval holds the bound, or too few runs have the figure.</summary>
    Inconclusive,

    /// <summary>There are no runs of both sides that have the figure.</summary>
    NotMeasured,
}
