namespace GossipSim.Analysis;

/// <summary>The best fit of a rival law to the tail.</summary>
/// <param name="LogProbabilities">ln p(x) of each distinct tail value.</param>
/// <param name="Degenerate">Whether that fit is only the limit in which the rival turns into a power law.</param>
/// <param name="AtLeast">
/// P(X >= x) at any integer x from xmin on; null for a degenerate law whose limit is the fitted power law itself.
/// </param>
internal readonly record struct RivalLaw(
    double[] LogProbabilities, bool Degenerate, Func<double, double>? AtLeast = null);
