using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>What <c>sweep</c> varies; a single run pays no attention to it.</summary>
internal sealed record SweepSettings
{
    public const int MostCells = 10_000;

    public const int MostTasks = 100_000;

    [Description("Which cells there are: every combination of values (grid), or a Latin hypercube of samples.")]
    public SweepDesign Design { get; init; } = SweepDesign.Grid;

    [Description("What differs from cell to cell. Figures have the first on the x axis; the second makes the curves.")]
    [Length(1, 8)]
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    [Description("Cells of a Latin hypercube; a grid has as many as its values make.")]
    [Range(2, MostCells)]
    public int? Samples { get; init; }

    [Description("Runs of each cell: the random seeds randomSeed, randomSeed + 1, ..., the same in all cells.")]
    [Range(1, MostTasks)]
    public int Repeats { get; init; } = 10;

    [Description("Figures to draw and judge; all are in the table anyway. Default: the usual ones that differ.")]
    [MaxLength(32)]
    public IReadOnlyList<SweepMetric> Metrics { get; init; } = [];
}

/// <summary>One value of the scenario, and what it is to be in the cells.</summary>
internal sealed record SweepParameter
{
    [Description("Where the value stands in the scenario, such as faults[0].atSeconds.")]
    [MaxLength(200)]
    public required string Path { get; init; }

    [Description("What figures call it, with the unit. Default: the path.")]
    [MaxLength(80)]
    public string? Label { get; init; }

    [Description("The values, in the order of figures. Not in a Latin hypercube.")]
    [Length(1, 100)]
    public IReadOnlyList<ExpectedValue>? Values { get; init; }

    [Description("The least value, where no list says them.")]
    public double? From { get; init; }

    [Description("The largest value, where no list says them.")]
    public double? To { get; init; }

    [Description("How many values a grid takes between from and to, both of them included.")]
    [Range(2, 100)]
    public int? Steps { get; init; }

    [Description("Whether equal steps or equal ratios are equally far apart, in values and figures.")]
    public ParameterScale Scale { get; init; } = ParameterScale.Linear;

    [Description("Values between from and to are rounded to whole numbers.")]
    public bool WholeNumbers { get; init; }

    internal string Name => Label ?? Path;
}

internal sealed record SweepMetric
{
    [Description("A path in summary.json whose value is a number or a truth.")]
    [MetricName]
    public required string Path { get; init; }

    [Description("What figures call it, with the unit. Default: the path.")]
    [MaxLength(80)]
    public string? Label { get; init; }

    internal string Name => Label ?? Path;
}

internal enum SweepDesign
{
    Grid,
    LatinHypercube,
}

internal enum ParameterScale
{
    Linear,
    Logarithmic,
}
