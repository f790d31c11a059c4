namespace GossipSim.Analysis;

/// <summary>How a figure depends on a parameter, for one value of another.</summary>
/// <param name="Label">That value; null when there is but one curve.</param>
public sealed record RepeatCurve(string? Label, IReadOnlyList<RepeatPoint> Points);

/// <param name="X">The value of the parameter, or its place among words.</param>
public readonly record struct RepeatPoint(double X, MeanInterval Mean);
