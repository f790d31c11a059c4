namespace GossipSim.Analysis;

/// <summary>Latencies in milliseconds that belong together, such as all first receipts of one run.</summary>
public sealed record LatencySample(string Name, IReadOnlyList<double> Milliseconds);
