namespace GossipSim.Engine.Simulation;

/// <summary>How a node's own clock is wrong; the default is right.</summary>
/// <param name="Offset">How far it is ahead of the true time from the beginning on; behind when negative.</param>
/// <param name="DriftPpm">By how many millionths it runs faster than true time, or slower when negative.</param>
public readonly record struct ClockSkew(TimeSpan Offset, double DriftPpm);
