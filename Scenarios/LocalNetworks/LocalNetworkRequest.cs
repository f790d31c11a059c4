using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>What the user asked <c>up</c> or <c>manage</c> to start.</summary>
internal sealed record LocalNetworkRequest
{
    public required Scenario Scenario { get; init; }

    /// <summary>All seed nodes of the cluster.</summary>
    public required NodeAddress[] SeedNodes { get; init; }

    /// <summary>Where the seed nodes come from a file: their names, of which some may have no address yet.</summary>
    public SeedNodeNames? Names { get; init; }

    /// <summary>Those of them that start here; the others run already, here or elsewhere.</summary>
    public required NodeAddress[] OwnSeedNodes { get; init; }

    public required uint PeerHost { get; init; }

    public required ushort FirstPeerPort { get; init; }

    public required ushort LastPeerPort { get; init; }

    /// <summary>Peers to start with.</summary>
    public required int Peers { get; init; }

    /// <summary>Full path of the list of seed nodes to write, for nodes that join; null: one was read.</summary>
    public string? ConfigToWrite { get; init; }

    /// <summary>The list of seed nodes, written or read, as other commands in the current directory name it.</summary>
    public string? SeedList { get; init; }

    /// <summary>What was typed that all nodes of the network need: scenario, settings and keys.</summary>
    public IReadOnlyList<string> NodeOptions { get; init; } = [];

    /// <summary>All options that were typed, but not the list of seed nodes.</summary>
    public IReadOnlyList<string> OwnOptions { get; init; } = [];

    /// <summary>Full path of the folder in which the folder of results is made.</summary>
    public required string ResultsDirectory { get; init; }

    /// <summary>Full path of the current directory: where <c>save</c> writes.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether somebody types at a prompt.</summary>
    public required bool IsManaged { get; init; }

    /// <summary>Where a page shows the network; null: nowhere.</summary>
    public PageOptions? Page { get; init; }

    /// <summary>What was typed, for <c>run.json</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public NodeAddress PeerAt(int place) => new(PeerHost, (ushort)(FirstPeerPort + place));

    public int MostPeers => LastPeerPort - FirstPeerPort + 1;
}

/// <summary>Starts a network and keeps it up until its user ends it; composed in Program.</summary>
internal delegate Task<ExitCode> LocalNetworkHandler(
    LocalNetworkRequest request, Terminal terminal, CancellationToken cancel);
