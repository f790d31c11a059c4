namespace GossipSim.Scenarios.Results;

/// <summary>
/// The unit of a figure of the summary, or of all figures below the property, where the name does not end with it.
/// </summary>
/// <param name="unit">Short, as in the head of a column: <c>copies/receipt</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnitAttribute(string unit) : Attribute
{
    public string Unit { get; } = unit;
}
