using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Graphs;

/// <summary>The metrics of a graph for people: a table, and sentences where a number alone would mislead.</summary>
internal static class GraphTable
{
    private const int HubsShown = 3;

    public static void Draw(GraphReport report, Terminal terminal)
    {
        terminal.WriteProse(terminal.Output, $"Read as {report.ReadAs}.");
        FittingTable table = FittingTable.OfFigures(columns: 3);
        foreach (var (metric, value, meaning) in Size(report).Concat(Structure(report)).Concat(Attack(report)))
            table.AddRow(metric, value, meaning);
        table.Write(terminal.Rich(terminal.Output));
        foreach (string remark in Remarks(report)) terminal.WriteProse(terminal.Output, remark);
    }

    private static IEnumerable<(string Metric, string Value, string Meaning)> Size(GraphReport report)
    {
        yield return ("nodes / edges", $"{Numbers.Count(report.Nodes)} / {Numbers.Count(report.Edges)}", "");
        yield return ("components", Numbers.Count(report.Components),
            $"the largest has {Numbers.Percent(report.LargestComponentFraction)} of the nodes; "
            + $"{Numbers.Plural(report.IsolatedNodes, "node")} without a neighbor");
        if (report.Degree is not { } degree) yield break;
        yield return ("degree", $"{Say(degree.Mean)} on average",
            $"from {Numbers.Count(degree.Min)} to {Numbers.Count(degree.Max)}, variance {Say(degree.Variance)}, "
            + $"mean square over mean {Say(degree.SecondMomentRatio)}");
    }

    private static IEnumerable<(string Metric, string Value, string Meaning)> Structure(GraphReport report)
    {
        PathReport paths = report.Paths;
        yield return ("assortativity", Say(report.Assortativity),
            "do nodes link to their like in degree? -1 to 1");
        yield return ("mean local clustering", Say(report.AverageClustering),
            "linked pairs of neighbors, each node the same weight");
        yield return ("transitivity", Say(report.Transitivity),
            $"closed triples among all, {Numbers.Plural(report.Triangles, "triangle")}");
        yield return ("mean shortest path", Error(report.AverageShortestPath, paths.AverageStandardError),
            paths.Exact ? $"links, exact over {Numbers.Plural(paths.ConnectedPairs, "connected pair")}"
                : $"links, from a sample of {Numbers.Count(paths.Sources)} nodes to all");
        yield return ("diameter", Diameter(report),
            $"radius {Whole(report.Radius)}; 90 % of pairs within {Say(report.EffectiveDiameter)} links");
        yield return ("largest core", Whole(report.MaxCore), Cores(report));
        foreach (BetweennessReport.Hub hub in report.Betweenness.Top.Take(HubsShown))
            yield return ("betweenness", Error(hub.Value, hub.StandardError),
                $"of {hub.Node}, degree {Numbers.Count(hub.Degree)}"
                + (report.Betweenness.Exact ? "" : $"; from {Numbers.Count(report.Betweenness.Pivots)} pivots"));
        if (report.PageRankMax is { } rank)
            yield return ("highest PageRank", Say(rank.Value), $"of {rank.Node}");
        yield return ("articulation points", Numbers.Count(report.ArticulationPoints),
            report.WorstArticulationPoint is { } worst
                ? $"the worst is {worst.Node}: its loss cuts {Numbers.Plural(worst.CutOff, "node")} off"
                : "no single loss cuts anybody off");
    }

    private static IEnumerable<(string Metric, string Value, string Meaning)> Attack(GraphReport report)
    {
        if (report.Robustness is not { } robustness) yield break;
        yield return ("R, nodes lost at random", Say(robustness.RandomRMean),
            $"half is lost with {Numbers.Percent(robustness.RandomHalvedAt)} of the nodes; "
            + $"mean of {robustness.RandomR.Count} orders");
        yield return ("R, by degree", Say(robustness.TargetedR),
            $"half is lost with {Numbers.Percent(robustness.TargetedHalvedAt)}, the largest degree first");
        yield return ("R, by degree left", Say(robustness.AdaptiveR),
            $"half is lost with {Numbers.Percent(robustness.AdaptiveHalvedAt)}, degrees counted anew after each loss");
    }

    private static IEnumerable<string> Remarks(GraphReport report)
    {
        foreach (string note in report.Notes) yield return note;
        foreach (var metrics in report.Undefined.GroupBy(metric => metric.Value, metric => metric.Key))
            yield return $"Undefined, because {metrics.Key}: {string.Join(", ", metrics)}.";
        if (report.Robustness is not null)
            yield return "R is the mean share of nodes in the largest component while all nodes are taken away one by "
                + "one, at most 0.5 (Schneider et al. 2011).";
    }

    private static string Diameter(GraphReport report) => report.Paths.DiameterExact || report.Diameter is null
        ? Whole(report.Diameter)
        : $"{report.Diameter} to {report.Paths.DiameterAtMost}";

    private static string Cores(GraphReport report) => report.MaxCore is { } max
        ? $"{Numbers.Plural(report.CoreHistogram[max], "node")} in it"
        : "";

    private static string Error(double? value, double? error) =>
        error is > 0 ? $"{Say(value)} ± {Say(error)}" : Say(value);

    private static string Whole(int? value) => value is { } number ? Numbers.Count(number) : "–";

    private static string Say(double? value) => value switch
    {
        null => "–",
        > -1e-4 and < 1e-4 and not 0 => value.Value.ToString("0.###e+0", CultureInfo.InvariantCulture),
        >= 1e5 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.#####", CultureInfo.InvariantCulture),
    };
}
