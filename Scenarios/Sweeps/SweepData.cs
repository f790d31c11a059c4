using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>The results of a whole sweep, figure by figure.</summary>
internal sealed class SweepData
{
    /// <summary>More figures than this are for a table and not for a page.</summary>
    private const int MostUsualMetrics = 6;

    private readonly Dictionary<string, double[][]> samples = [];

    public SweepData(SweepPlan plan, IReadOnlyList<Repeat> results)
    {
        Plan = plan;
        Results = results;
        Columns = ColumnsOf(results);
        Metrics = plan.Settings.Metrics.Count > 0 ? plan.Settings.Metrics : Usual();
    }

    public SweepPlan Plan { get; }

    /// <summary>In the order of the tasks.</summary>
    public IReadOnlyList<Repeat> Results { get; }

    /// <summary>The paths of all figures that some run has, in the order of the summary.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Those to draw and to judge.</summary>
    public IReadOnlyList<SweepMetric> Metrics { get; }

    public int Held => Results.Count(result => result.ExitCode == 0);

    /// <summary>
    /// For each cell its repeats; not a number where a run has no such figure, or did not come to its end.
    /// </summary>
    public double[][] Samples(string metric)
    {
        if (samples.TryGetValue(metric, out var known)) return known;
        var read = Plan.Cells.Select(cell => Enumerable.Range(0, Plan.Repeats).Select(repeat =>
        {
            var result = Results[(cell.Number * Plan.Repeats) + repeat];
            return result.IsComplete && result.Figures.TryGetValue(metric, out var value) ? value : double.NaN;
        }).ToArray()).ToArray();
        return samples[metric] = read;
    }

    /// <returns>Null for a cell none of whose runs has the figure.</returns>
    public MeanInterval? Mean(string metric, SweepCell cell) => MeanOf([.. Samples(metric)[cell.Number]]);

    /// <summary>
    /// Over several cells: the mean of each repeat over them, and then over the repeats, which are independent where
    /// the cells, which share their chances, are not.
    /// </summary>
    public MeanInterval? Mean(string metric, IReadOnlyList<SweepCell> cells)
    {
        var ofCells = cells.Select(cell => Samples(metric)[cell.Number]).ToList();
        return MeanOf([.. Enumerable.Range(0, Plan.Repeats)
            .Select(repeat => ofCells.Average(ofCell => ofCell[repeat]))]);
    }

    /// <summary>Why cells have no mean of a figure; null where they have one.</summary>
    public string? WhyNotMeasured(string metric, params IReadOnlyList<SweepCell> cells) =>
        cells.Any(cell => Samples(metric)[cell.Number].Any(double.IsFinite))
            ? null
            : NotMeasured.Why(metric, [.. cells.SelectMany(cell => Results
                .Skip(cell.Number * Plan.Repeats).Take(Plan.Repeats))]);

    private static MeanInterval? MeanOf(double[] values)
    {
        double[] present = [.. values.Where(double.IsFinite)];
        return present.Length > 0 ? MeanInterval.Of(present) : null;
    }

    private List<SweepMetric> Usual() =>
    [
        .. FigurePaths.Of([.. Columns]).Where(IsVaried).Take(MostUsualMetrics)
            .Select(path => new SweepMetric { Path = path }),
    ];

    private bool IsVaried(string metric) =>
        Samples(metric).SelectMany(cell => cell).Where(double.IsFinite).Distinct().Skip(1).Any();

    private static IReadOnlyList<string> ColumnsOf(IReadOnlyList<Repeat> results)
    {
        HashSet<string> present = [.. results.SelectMany(result => result.Figures.Keys)];
        List<string> known = [.. MetricPaths.All.Keys.Where(present.Contains)];
        return [.. known, .. present.Except(known).Order(StringComparer.Ordinal)];
    }
}
