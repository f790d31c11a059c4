namespace GossipSim.Scenarios.Results;

/// <summary>The key figures of the overlay as a graph.</summary>
internal static class OverlayFigures
{
    private const string Group = "Overlay";

    /// <summary>None of a run that was measured without them.</summary>
    public static IEnumerable<KeyFigure> Of(OverlaySummary overlay)
    {
        if (overlay.Robustness is not { } robustness) yield break;
        yield return new(Group, "Path, mean / longest", $"{Mean(overlay)} / {Longest(overlay)}",
            "Links on the shortest way between two live peers, over all pairs that a way connects"
            + (overlay.AverageShortestPathStandardError is > 0
                ? $"; from a sample of {Numbers.Count(overlay.PathSources ?? 0)} peers to all others."
                : "."));
        yield return new(Group, "Clustering, mean local / transitivity",
            $"{Numbers.Decimal(overlay.AverageClustering, 4)} / {Numbers.Decimal(overlay.Transitivity, 4)}",
            "How often two neighbors of a peer are neighbors: each peer, or each pair of neighbors, weighs the same.",
            InBrief: false);
        yield return new(Group, "Assortativity", Numbers.Decimal(overlay.Assortativity, 3),
            "From -1 to 1: above 0 peers link to their like in degree, below 0 hubs link to small ones.",
            InBrief: false);
        yield return new(Group, "Largest core", Numbers.Decimal(overlay.MaxCore, 0),
            "The most links that each of a group of peers has within that group.", InBrief: false);
        yield return new(Group, "Articulation points", Numbers.Count(overlay.ArticulationPoints ?? 0),
            "Peers whose loss alone would cut others off.", InBrief: false);
        yield return new(Group, "Robustness R, random / targeted / adaptive",
            $"{Numbers.Decimal(robustness.RandomR, 3)} / {Numbers.Decimal(robustness.TargetedR, 3)} / "
            + Numbers.Decimal(robustness.AdaptiveR, 3),
            "Mean share of peers in the largest component while all are taken away: at random, by degree, by the "
            + "degree that is left (Schneider et al. 2011); at most 0.5.");
        if (overlay.BeforeFirstCrash is not { Robustness: { } before } earlier) yield break;
        yield return new(Group, "Before the first crash",
            $"{Numbers.Plural(earlier.Edges, "link")}, path {Mean(earlier)}, R {Numbers.Decimal(before.RandomR, 3)} / "
            + $"{Numbers.Decimal(before.TargetedR, 3)} / {Numbers.Decimal(before.AdaptiveR, 3)}",
            $"The same of the {Numbers.Count(earlier.Peers)} peers that lived at {Numbers.Seconds(earlier.AtSeconds)}.",
            InBrief: false);
    }

    private static string Mean(OverlayGraphSummary overlay) =>
        overlay.AverageShortestPathStandardError is > 0 and var error
            ? $"{Numbers.Decimal(overlay.AverageShortestPath)} ± {Numbers.Decimal(error)}"
            : Numbers.Decimal(overlay.AverageShortestPath);

    private static string Longest(OverlayGraphSummary overlay) => overlay.Diameter == overlay.DiameterAtMost
        ? Numbers.Decimal(overlay.Diameter, 0)
        : $"{overlay.Diameter} to {overlay.DiameterAtMost}";
}
