using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>One step in the life of a recorded process.</summary>
/// <param name="At">When its host did this to it.</param>
/// <param name="Input">What it heard; null when the host itself did something to it.</param>
/// <param name="Outputs">What it did while it handled the input, as <see cref="Output.Describe"/> tells it.</param>
/// <param name="HostEvent">Without an input: paused, resumed or crashed.</param>
public sealed record RecordedEntry(
    Instant At, Input? Input, IReadOnlyList<string> Outputs, EventKind? HostEvent = null);
