using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Topologies;

/// <summary>
/// What many independent overlays of one rule say together; what <c>--json</c> prints. Each was fitted by itself: to
/// pool their degrees would pretend that those of one overlay are independent draws, and hide how overlays differ.
/// </summary>
internal sealed record TopologyReport
{
    public required OverlayRuleName Rule { get; init; }

    /// <summary>The rule's parameters, under the names that a scenario has for them.</summary>
    public required OverlaySettings Overlay { get; init; }

    public required int Peers { get; init; }

    public required int Runs { get; init; }

    /// <summary>Of the first overlay; each further one has the next.</summary>
    public required long RandomSeed { get; init; }

    public required int Replicates { get; init; }

    public required Spread? DegreeMean { get; init; }

    public required Spread? DegreeMax { get; init; }

    public required Spread? Alpha { get; init; }

    public required Spread? Xmin { get; init; }

    public required Spread? TailShare { get; init; }

    public required Spread? Ks { get; init; }

    public required Spread? PValue { get; init; }

    /// <summary>Share of the fitted overlays with p below 0.1; of true power laws that is 0.1.</summary>
    public required double? RejectedByPValue { get; init; }

    /// <summary>Share of the fitted overlays with a significantly better alternative distribution.</summary>
    public required double? RejectedByAlternative { get; init; }

    public required IReadOnlyDictionary<PowerLawVerdict, int> Verdicts { get; init; }

    /// <summary>The same as shares, each with the interval that so few overlays leave.</summary>
    public required IReadOnlyList<VerdictShare> VerdictSpread { get; init; }

    public required string Conclusion { get; init; }

    public required IReadOnlyList<OverlayRow> Overlays { get; init; }

    public required double Seconds { get; init; }

    public required string Directory { get; init; }

    public static TopologyReport Of(TopologyRequest request, IReadOnlyList<GrownTopology> grown, double seconds)
    {
        PowerLawAnalysis[] fitted = [.. grown.Select(each => each.PowerLaw).Where(each => each.Alpha is not null)];
        double[] p = [.. fitted.Select(each => each.PValue).OfType<double>()];
        var verdicts = Enum.GetValues<PowerLawVerdict>()
            .ToDictionary(verdict => verdict, verdict => grown.Count(each => each.PowerLaw.Verdict == verdict));
        return new TopologyReport
        {
            Rule = request.Scenario.Overlay.Rule,
            Overlay = request.Scenario.Overlay,
            Peers = request.Scenario.Peers.Count,
            Runs = request.Runs,
            RandomSeed = request.Scenario.RandomSeed,
            Replicates = request.Replicates,
            DegreeMean = Spread.Of([.. grown.Select(each => each.DegreeMean)]),
            DegreeMax = Spread.Of([.. grown.Select(each => (double)each.DegreeMax)]),
            Alpha = Spread.Of([.. fitted.Select(each => each.Alpha!.Value)]),
            Xmin = Spread.Of([.. fitted.Select(each => (double)each.Xmin!.Value)]),
            TailShare = Spread.Of([.. fitted.Select(each => (double)each.Ntail!.Value / each.N)]),
            Ks = Spread.Of([.. fitted.Select(each => each.Ks!.Value)]),
            PValue = Spread.Of(p),
            RejectedByPValue = p.Length == 0 ? null : (double)p.Count(share => share < 0.1) / p.Length,
            RejectedByAlternative = fitted.Length == 0
                ? null
                : (double)fitted.Count(each => each.Comparisons!.OneIsBetter) / fitted.Length,
            Verdicts = verdicts,
            VerdictSpread = VerdictShare.Of(grown),
            Conclusion = TopologyConclusion.Of(grown),
            Overlays = [.. grown.Select(OverlayRow.Of)],
            Seconds = seconds,
            Directory = request.OutputDirectory,
        };
    }
}

/// <summary>One overlay in the report and in <c>overlays.csv</c>; nulls where nothing could be fitted.</summary>
internal sealed record OverlayRow(
    long RandomSeed, long Edges, int DegreeMin, double DegreeMean, int DegreeMax, double? Alpha,
    double? AlphaStandardError, long? Xmin, int? Ntail, double? Ks, double? PValue, PowerLawVerdict Verdict)
{
    public static OverlayRow Of(GrownTopology grown) => new(
        grown.RandomSeed, grown.Edges, grown.DegreeMin, grown.DegreeMean, grown.DegreeMax, grown.PowerLaw.Alpha,
        grown.PowerLaw.AlphaStandardError, grown.PowerLaw.Xmin, grown.PowerLaw.Ntail, grown.PowerLaw.Ks,
        grown.PowerLaw.PValue, grown.PowerLaw.Verdict);
}
