namespace GossipSim.Scenarios.Files;

/// <summary>What a sweep must say so that its cells are defined, and what it must leave to others.</summary>
internal static class SweepRules
{
    /// <summary>Keys that say which run it is and not what happens in it.</summary>
    private static readonly string[] notSwept =
        ["$schema", "schemaVersion", "name", "description", "tags", "extends", "randomSeed", "reproduces", "sweep"];

    public static void Check(Scenario scenario, ProblemList problems)
    {
        if (scenario.Sweep is not { } sweep) return;
        for (int index = 0; index < sweep.Parameters.Count; index++)
            CheckParameter(sweep, index, problems);
        for (int index = 0; index < sweep.Metrics.Count; index++)
            CheckMetric(scenario, sweep.Metrics[index].Path, $"sweep.metrics[{index}].path", problems);
        CheckSize(scenario, sweep, problems);
    }

    private static void CheckParameter(SweepSettings sweep, int index, ProblemList problems)
    {
        SweepParameter parameter = sweep.Parameters[index];
        string place = $"sweep.parameters[{index}]";
        IReadOnlyList<object>? steps = SourcePath.Parse(parameter.Path);
        problems.Require(
            steps is not null, place + ".path",
            $"found \"{parameter.Path}\", which is no path; one looks like faults[0].atSeconds");
        problems.Require(
            steps is not [string first, ..] || !notSwept.Contains(first), place + ".path",
            $"found \"{parameter.Path}\", which is not for a sweep to vary; repeats have random seeds of their own");
        problems.Require(
            sweep.Parameters.Take(index).All(before => before.Path != parameter.Path), place + ".path",
            $"\"{parameter.Path}\" is varied twice");
        if (parameter.Values is { } values) CheckValues(sweep, parameter, values, place, problems);
        else CheckRange(sweep, parameter, place, problems);
    }

    private static void CheckValues(
        SweepSettings sweep, SweepParameter parameter, IReadOnlyList<ExpectedValue> values, string place,
        ProblemList problems)
    {
        problems.Require(
            sweep.Design == SweepDesign.Grid, place + ".values", "a Latin hypercube draws between \"from\" and \"to\"");
        problems.Require(
            parameter is { From: null, To: null, Steps: null, WholeNumbers: false }, place,
            "either \"values\", or \"from\" and \"to\"");
        problems.Require(values.Distinct().Count() == values.Count, place + ".values", "a value is there twice");
        problems.Require(
            parameter.Scale == ParameterScale.Linear || values.All(value => value.Number > 0), place + ".scale",
            "found logarithmic, but not every value is a number above 0");
    }

    private static void CheckRange(
        SweepSettings sweep, SweepParameter parameter, string place, ProblemList problems)
    {
        if (parameter is not { From: { } from, To: { } to })
        {
            problems.Require(false, place, "found no values: allowed are \"values\", or \"from\" and \"to\"");
            return;
        }

        problems.Require(from < to, place + ".to", $"found {to}, allowed is more than from, {from}");
        problems.Require(
            parameter.Scale == ParameterScale.Linear || from > 0, place + ".from",
            $"found {from}, allowed with a logarithmic scale is a number above 0");
        bool isGrid = sweep.Design == SweepDesign.Grid;
        problems.Require(
            isGrid == parameter.Steps is not null, place + ".steps",
            isGrid ? "missing; a grid takes so many values" : "a Latin hypercube has as many values as samples");
    }

    private static void CheckMetric(Scenario scenario, string metric, string place, ProblemList problems)
    {
        if (MetricPaths.MayBeOwn(metric, scenario))
            return;
        IReadOnlyDictionary<string, KnownMetric> known = MetricPaths.Of(scenario);
        bool isKnown = known.TryGetValue(metric, out KnownMetric? found);
        problems.Require(
            isKnown, place,
            $"found \"{metric}\", which summary.json does not have{Suggestion.DidYouMean(metric, known.Keys)}");
        problems.Require(found is not { IsWord: true }, place, $"found \"{metric}\", which is a word and no number");
    }

    private static void CheckSize(Scenario scenario, SweepSettings sweep, ProblemList problems)
    {
        bool isGrid = sweep.Design == SweepDesign.Grid;
        problems.Require(
            isGrid == sweep.Samples is null, "sweep.samples",
            isGrid ? "a grid has as many cells as its values make" : "missing; a Latin hypercube has so many cells");
        double cells = isGrid
            ? sweep.Parameters.Aggregate(1.0, (product, each) => product * (each.Values?.Count ?? each.Steps ?? 1))
            : sweep.Samples ?? 1;
        problems.Require(
            cells <= SweepSettings.MostCells, "sweep.parameters",
            $"they make {cells:0} cells, allowed are {SweepSettings.MostCells}");
        problems.Require(
            cells * sweep.Repeats <= SweepSettings.MostTasks, "sweep.repeats",
            $"{cells:0} cells and {sweep.Repeats} repeats make {cells * sweep.Repeats:0} runs,"
            + $" allowed are {SweepSettings.MostTasks}");
        problems.Require(
            scenario.RandomSeed <= Scenario.LargestRandomSeed - sweep.Repeats, "sweep.repeats",
            "the random seeds of the repeats go beyond the largest random seed");
    }
}
