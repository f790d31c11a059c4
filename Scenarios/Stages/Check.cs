namespace GossipSim.Scenarios.Stages;

/// <summary>One of the fifteen checks.</summary>
/// <param name="What">What is done, in a few words.</param>
/// <param name="Expected">What should be seen then.</param>
internal sealed record Check(string What, string Expected, Func<TestStand, Observation, Task> LookAsync);

/// <summary>A part of the suite, with its checks in the order in which they run.</summary>
internal sealed record Stage(int Number, string Name, IReadOnlyList<Check> Checks);
