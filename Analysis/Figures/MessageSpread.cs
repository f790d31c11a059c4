namespace GossipSim.Analysis;

/// <summary>
/// How one message travelled: the time from publication to each first receipt, in milliseconds and any order, and
/// how many peers could have received it. The origin, who has it at time zero, belongs to neither.
/// </summary>
public sealed record MessageSpread(IReadOnlyList<double> ReceiptDelaysMs, int EligiblePeers);
