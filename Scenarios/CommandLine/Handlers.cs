using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Stages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the commands that run something are made of. A command exists once its handler does.</summary>
internal sealed record Handlers
{
    public RunHandler? Run { get; init; }

    /// <summary>The same for more than one run.</summary>
    public RunHandler? Repeat { get; init; }

    public CompareHandler? Compare { get; init; }

    public ExploreHandler? Explore { get; init; }

    public ShrinkHandler? Shrink { get; init; }

    public ReplayHandler? Replay { get; init; }

    public ViewHandler? View { get; init; }

    public NodeHandler? Node { get; init; }

    public LocalNetworkHandler? LocalNetwork { get; init; }

    public StageHandler? Stages { get; init; }

    public DashboardHandler? Dashboard { get; init; }
}
