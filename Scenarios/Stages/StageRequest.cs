using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.LocalNetworks;

namespace GossipSim.Scenarios.Stages;

/// <summary>What the user asked <c>test</c> to look at.</summary>
/// <param name="Network">Its ports of peers are those of the suite's own clients too.</param>
/// <param name="JUnitFile">Full path of the file for CI servers; null: none.</param>
internal sealed record StageRequest(LocalNetworkRequest Network, bool Json, string? JUnitFile = null);

/// <summary>Runs the six stages; composed in Program.</summary>
internal delegate Task<ExitCode> StageHandler(StageRequest request, Terminal terminal, CancellationToken cancel);
