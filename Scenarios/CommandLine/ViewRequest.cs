using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>view</c> to do.</summary>
/// <param name="Folder">Full path of the run's folder.</param>
/// <param name="Library">Where a fork's scenario looks for what it extends.</param>
internal sealed record ViewRequest(string Folder, PageOptions Page, ScenarioLibrary Library);

/// <summary>Shows a stored run; composed in Program.</summary>
internal delegate Task<ExitCode> ViewHandler(ViewRequest request, Terminal terminal, CancellationToken cancel);
