namespace GossipSim.Scenarios.Results;

/// <summary>How one promise of the protocol fared; a violated one says what happened, when and where.</summary>
/// <param name="AtSeconds">Scenario time of the violation.</param>
/// <param name="Judged">False for a promise "when quiet" in a run that never was quiet for long enough.</param>
internal sealed record InvariantOutcome(
    string Name, bool Violated, string? Detail, double? AtSeconds, string[] Nodes, bool Judged = true);
