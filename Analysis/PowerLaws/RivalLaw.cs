namespace GossipSim.Analysis;

/// <summary>The best fit of a rival law to the tail.</summary>
/// <param name="LogProbabilities">ln p(x) of each distinct tail value.</param>
/// <param name="Degenerate">Whether that fit is only the limit in which the rival turns into a power law.</param>
/// <param name="AtLeast">
/// P(X >= x) at any integer x from xmin on; null for a degenerate law whose limit is the fitted power law itself.
/// </param>
/// <param name="Steps">Terms and quadrature nodes that the fit evaluated.</param>
/// <param name="Converged">False where the fit reached its step limit: the law cannot be compared.</param>
internal readonly record struct RivalLaw(
    double[] LogProbabilities, bool Degenerate, Func<double, double>? AtLeast = null, long Steps = 0,
    bool Converged = true)
{
    /// <summary>
    /// What a fit returns that reached its step limit: the power law itself, marked as degenerate, so that no
    /// comparison, figure or power estimate uses it.
    /// </summary>
    public static RivalLaw NotConverged(PowerLawTail tail, long steps) =>
        new(tail.LogProbabilities, Degenerate: true, AtLeast: null, steps, Converged: false);
}
