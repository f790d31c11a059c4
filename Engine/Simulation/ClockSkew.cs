namespace GossipSim.Engine.Simulation;

/// <summary>How a node's own clock is wrong; the default is right.</summary>
/// <param name="Offset">By how much it is ahead of true time when it is set, or behind when negative.</param>
/// <param name="DriftPpm">By how many millionths it runs faster than true time, or slower when negative.</param>
public readonly record struct ClockSkew(TimeSpan Offset, double DriftPpm);
