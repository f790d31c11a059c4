using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Running;

/// <summary>What came of a run on either network.</summary>
/// <param name="Fingerprint">Null on TCP, where no two runs are alike.</param>
/// <param name="Events">Inputs handled by nodes.</param>
/// <param name="Laggards">Peers that kept formation from finishing.</param>
internal sealed record RunAttempt(
    RunOutcome Outcome, string? Fingerprint, long Events, IReadOnlyList<NodeAddress> Laggards);
