using System.Runtime.CompilerServices;

namespace GossipSim.Analysis;

/// <summary>How the compiler treats the few methods in which a fit with its replicates spends its time.</summary>
internal static class Compiled
{
    /// <summary>
    /// A whole analysis takes a second. Code that is first compiled quickly and badly, watched, and compiled again
    /// once it has proved to be busy would spend half of that second on the way there.
    /// </summary>
    public const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;
}
