using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Nodes;

/// <summary>What the user asked <c>seed</c> or <c>peer</c> to be.</summary>
internal sealed record NodeRequest
{
    public required HostedRole Role { get; init; }

    public required NodeArguments Arguments { get; init; }

    /// <summary>Timings, overlay and gossip; its places and numbers of nodes mean nothing here.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Full path of the current directory: where configuration files are looked for.</summary>
    public required string Directory { get; init; }

    /// <summary>Full path of the folder of <c>outputfile.txt</c> and <c>logs/</c>.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Full path of the folder of a seed node's disk.</summary>
    public required string DiskDirectory { get; init; }
}

/// <summary>Runs one stand-alone node until it is told to stop; composed in Program.</summary>
internal delegate Task<ExitCode> NodeHandler(NodeRequest request, Terminal terminal, CancellationToken cancel);
