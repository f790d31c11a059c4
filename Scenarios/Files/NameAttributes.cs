namespace GossipSim.Scenarios.Files;

/// <summary>The text is a path in the summary (<see cref="MetricPaths"/>).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MetricNameAttribute : Attribute;

/// <summary>The keys are names of invariants (<see cref="InvariantSettings.Names"/>).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InvariantKeysAttribute : Attribute;
