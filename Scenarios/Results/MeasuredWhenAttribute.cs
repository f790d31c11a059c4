namespace GossipSim.Scenarios.Results;

/// <summary>What a run needs for a figure of the summary, or for all below the property: else it is null.</summary>
/// <param name="condition">A clause behind "only when": <c>a peer crashes</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MeasuredWhenAttribute(string condition) : Attribute
{
    public string Condition { get; } = condition;
}
