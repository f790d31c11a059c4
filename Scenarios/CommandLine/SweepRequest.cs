using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>sweep</c> to do.</summary>
internal sealed record SweepRequest
{
    public required SweepPlan Plan { get; init; }

    /// <summary>The sweep's own folder, where it is or where it will be.</summary>
    public required string Directory { get; init; }

    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>How many runs at the same time; null: as many as cores and memory allow.</summary>
    public int? SideBySide { get; init; }

    /// <summary>Whether a warning of a run fails the sweep.</summary>
    public bool Strict { get; init; }

    public bool Json { get; init; }
}

/// <summary>Runs a sweep; composed in Program.</summary>
internal delegate Task<ExitCode> SweepHandler(SweepRequest request, Terminal terminal, CancellationToken cancel);
