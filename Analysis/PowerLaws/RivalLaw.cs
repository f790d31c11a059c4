namespace GossipSim.Analysis;

/// <summary>
/// The best fit of a rival law to the tail: ln p(x) of each distinct tail value, and whether that fit is only a
/// limit in which the rival turns into a power law.
/// </summary>
internal readonly record struct RivalLaw(double[] LogProbabilities, bool Degenerate);
