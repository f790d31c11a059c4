using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Stages;

/// <summary>Who takes part in the six stages, where, and how they behave.</summary>
internal sealed record StageSetup
{
    /// <summary>As in document 003's suite.</summary>
    public const int SeedNodeCount = 3;

    public const int PeerCount = 5;

    /// <summary>One who only reads lists, and two who become members.</summary>
    public const int HandMadeCount = 3;

    public required Scenario Scenario { get; init; }

    public required ProtocolSettings Settings { get; init; }

    public required Waits Waits { get; init; }

    /// <summary>The date and time of the network's instant zero.</summary>
    public required DateTimeOffset Zero { get; init; }

    public required NodeAddress[] SeedNodes { get; init; }

    public required NodeAddress[] Peers { get; init; }

    /// <summary>Where the suite's own clients listen.</summary>
    public required NodeAddress[] HandMade { get; init; }

    /// <param name="request">Its ports of peers are those of the peers and, behind them, of the clients.</param>
    public static StageSetup Of(LocalNetworkRequest request, DateTimeOffset zero)
    {
        var settings = ProtocolSettings.Of(request.Scenario, zero).WithSeedNodes(request.SeedNodes);
        return new StageSetup
        {
            Scenario = request.Scenario,
            Settings = settings,
            Waits = Waits.Of(settings),
            Zero = zero,
            SeedNodes = request.SeedNodes,
            Peers = [.. Enumerable.Range(0, PeerCount).Select(request.PeerAt)],
            HandMade = [.. Enumerable.Range(PeerCount, HandMadeCount).Select(request.PeerAt)],
        };
    }
}
