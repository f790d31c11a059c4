namespace GossipSim.Scenarios.Files;

/// <summary>A single value of the summary.</summary>
/// <param name="Type">A number, bool or string.</param>
/// <param name="Name">For people, in words: <c>gossip latency p99</c>.</param>
/// <param name="Unit">Short, as in the head of a column; empty for a word.</param>
/// <param name="MeasuredWhen">What a run needs to have it, as a clause behind "only when"; null: every run has it.
/// </param>
internal sealed record KnownMetric(Type Type, string Name, string Unit, string? MeasuredWhen)
{
    public bool IsWord => Type == typeof(string);
}
