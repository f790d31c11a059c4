namespace GossipSim.Scenarios.Results;

/// <summary>How one promise of the protocol fared; a violated one says what happened, when and where.</summary>
/// <param name="AtSeconds">Scenario time of the violation.</param>
/// <param name="Event">The event at which it was found; null when it was found by waiting.</param>
/// <param name="Judged">False for a promise "when quiet" in a run that never was quiet for long enough.</param>
internal sealed record InvariantOutcome(
    string Name, bool Violated, string? Detail, double? AtSeconds, string[] Nodes, bool Judged = true,
    string? Event = null)
{
    /// <summary>What happened, when, at which nodes and at which event; empty when nothing did.</summary>
    public string InWords()
    {
        if (Detail is null) return "";
        var at = AtSeconds is { } seconds ? $"At {Numbers.Seconds(seconds)}: " : "";
        var nodes = Nodes.Length == 0 ? "" : $" [{string.Join(", ", Nodes)}]";
        return $"{at}{Detail}{nodes}{(Event is null ? "" : $" ({Event})")}";
    }
}
