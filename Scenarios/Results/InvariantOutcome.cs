namespace GossipSim.Scenarios.Results;

/// <summary>How one promise of the protocol fared; a violated one says what happened, when and where.</summary>
/// <param name="AtSeconds">Scenario time of the violation.</param>
internal sealed record InvariantOutcome(
    string Name, bool Violated, string? Detail, double? AtSeconds, string[] Nodes);
