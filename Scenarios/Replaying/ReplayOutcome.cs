namespace GossipSim.Scenarios.Replaying;

/// <summary>What came of a replay, as <c>--json</c> prints it.</summary>
/// <param name="Equal">Null when nothing was compared, as when the replay stopped on the way.</param>
/// <param name="Recorded">The fingerprint of then; for recordings, of all processes together.</param>
/// <param name="Reproduced">Whether the invariant that a scenario file names is broken; null if it has none.</param>
/// <param name="First">Where a recorded process first did something else.</param>
internal sealed record ReplayOutcome(
    string Scenario, string Runtime, bool? Equal, string? Recorded = null, string? Replayed = null,
    bool? Reproduced = null, int Processes = 0, long Inputs = 0, ProcessDifference? First = null,
    IReadOnlyList<string>? Violated = null);

/// <param name="Input">Which input of the process, from 0.</param>
/// <param name="Recorded">What it did then; null for nothing more.</param>
internal sealed record ProcessDifference(
    string Node, int Start, int Input, string? Recorded, string? Replayed);
