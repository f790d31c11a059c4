namespace GossipSim.Analysis;

/// <summary>One axis: its label with the unit, its scale, and its range where the data do not decide it.</summary>
public sealed record Axis(string Label)
{
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Names at 0, 1, 2, ... instead of numbers: the rows of a timeline. Row 0 is the top one.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Neither line, grid nor ticks: a drawing in which places mean nothing.</summary>
    public bool Hidden { get; init; }

    /// <summary>No ticks between whole numbers.</summary>
    public bool WholeNumbers { get; init; }

    /// <summary>Ticks read as percentages of 1.</summary>
    public bool Percent { get; init; }
}

public enum AxisScale
{
    Linear,
    Logarithmic,
}
