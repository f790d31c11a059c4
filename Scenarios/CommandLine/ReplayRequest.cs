using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>replay</c> to do.</summary>
internal sealed record ReplayRequest
{
    /// <summary>The scenario of the folder, with every default, or the scenario file itself.</summary>
    public required LoadedScenario Loaded { get; init; }

    public Scenario Scenario => Loaded.Scenario;

    /// <summary>Full path of the run's folder; null when a scenario file was named.</summary>
    public string? Folder { get; init; }

    /// <summary>In scenario time: where to stop, or with steps where to begin with them.</summary>
    public double? UntilSeconds { get; init; }

    public bool Step { get; init; }

    /// <summary>The only node to show.</summary>
    public NodeAddress? Node { get; init; }

    /// <summary>The only kind of input to show: as in message, or GOSSIP, or Liveness.</summary>
    public string? Kind { get; init; }

    public bool Json { get; init; }
}

/// <summary>Replays a run; composed in Program.</summary>
internal delegate Task<ExitCode> ReplayHandler(ReplayRequest request, Terminal terminal, CancellationToken cancel);
