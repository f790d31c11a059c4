using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Repeating;

/// <summary>Which figures of the summary repeats speak of.</summary>
internal static class FigurePaths
{
    /// <summary>What a reader asks for first; the others are in the files.</summary>
    public static readonly IReadOnlyList<string> Usual =
    [
        "overlay.degreeMean", "overlay.degreeMax", "overlay.largestComponentFraction",
        "gossip.coverageOfLivePeersMin", "gossip.reliability.mean", "gossip.reliability.min",
        "gossip.latencyMs.p50", "gossip.latencyMs.p99", "gossip.latencyMs.max",
        "gossip.hops.mean", "gossip.redundancy", "gossip.recovered", "gossip.lostWithOrigin",
        "overhead.messagesPerPeerSecond", "overhead.bytesPerPeerSecond",
        "detection.timeToSuspicionMs.p50", "detection.timeToRemovalMs.p50", "detection.timeToRemovalMs.max",
        "detection.falseRemovals", "membership.changes", "powerLaw.alpha",
    ];

    /// <summary>The figures of the table, of those that there are: the usual ones, or those of own nodes.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> present)
    {
        var own = Own(present);
        return own.Count > 0 ? own : [.. Usual.Where(present.Contains)];
    }

    /// <summary>The usual figures that there are not; none where own nodes have figures of their own.</summary>
    public static IReadOnlyList<string> AbsentFrom(IReadOnlyCollection<string> present) =>
        Own(present).Count > 0 ? [] : [.. Usual.Where(path => !present.Contains(path))];

    /// <param name="known">Every figure that may be meant, by path.</param>
    /// <param name="place">What named it, for the message.</param>
    /// <exception cref="UsageException">It is none of these, or no number.</exception>
    public static void Require(string place, string path, IReadOnlyDictionary<string, KnownMetric> known)
    {
        if (!known.TryGetValue(path, out var metric))
        {
            throw new UsageException(
                $"{place}: summary.json has no figure \"{path}\"{Suggestion.DidYouMean(path, known.Keys)}");
        }

        if (metric.IsWord) throw new UsageException($"{place}: \"{path}\" is a word and no number");
    }

    private static List<string> Own(IReadOnlyCollection<string> present) =>
        [.. present.Where(path => path.StartsWith(MetricPaths.OwnPrefix, StringComparison.Ordinal))];
}
