using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Repeating;

/// <summary>Which figures of the summary repeats speak of.</summary>
internal static class FigurePaths
{
    /// <summary>What a reader asks for first; the others are in the files.</summary>
    private static readonly string[] Usual =
    [
        "overlay.degreeMean", "overlay.degreeMax", "overlay.largestComponentFraction",
        "gossip.coverageOfLivePeersMin", "gossip.reliability.mean", "gossip.reliability.min",
        "gossip.latencyMs.p50", "gossip.latencyMs.p99", "gossip.latencyMs.max",
        "gossip.hops.mean", "gossip.redundancy", "gossip.recovered", "gossip.lostWithOrigin",
        "detection.timeToSuspicionMs.p50", "detection.timeToRemovalMs.p50", "detection.timeToRemovalMs.max",
        "detection.falseRemovals", "membership.changes", "powerLaw.alpha",
    ];

    /// <summary>The figures of the table, of those that there are: the usual ones, or those of own nodes.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> present)
    {
        var own = present.Where(path => path.StartsWith(MetricPaths.OwnPrefix, StringComparison.Ordinal)).ToList();
        return own.Count > 0 ? own : [.. Usual.Where(present.Contains)];
    }

    /// <exception cref="UsageException">No run of the scenario has such a figure.</exception>
    public static void Require(string option, string path, Scenario scenario)
    {
        var known = MetricPaths.With(scenario.Protocol?.Chosen?.Protocol.Metrics ?? []);
        if (!known.TryGetValue(path, out var type))
        {
            throw new UsageException(
                $"{option}: summary.json has no figure \"{path}\"{Suggestion.DidYouMean(path, known.Keys)}");
        }

        if (type == typeof(string)) throw new UsageException($"{option}: \"{path}\" is a word and no number");
    }
}
