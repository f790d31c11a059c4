namespace GossipSim.Scenarios.Results;

/// <summary>The run that <see cref="LatestRun.Find"/> found.</summary>
/// <param name="Folder">Its folder, as a path that no later run changes.</param>
/// <param name="Note">Why it is another run than the one that <c>latest</c> names; null when it is the same.</param>
internal readonly record struct FoundRun(string Folder, string? Note = null);
