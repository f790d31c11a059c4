namespace GossipSim.Analysis;

/// <summary>What the running nodes of a protocol had last reported of a metric at one moment.</summary>
/// <param name="Seconds">Scenario time.</param>
/// <param name="Nodes">How many had; the rest of a sample is about these.</param>
/// <param name="Deviation">Standard deviation over these nodes, as of a whole population.</param>
public readonly record struct MetricSample(
    double Seconds, int Nodes, double Mean, double Min, double Max, double Deviation);
