namespace GossipSim.Scenarios.Repeating;

/// <summary>One of the two that are compared.</summary>
/// <param name="Name">As it was typed, with what was set.</param>
internal sealed record ComparedSide(string Name, IReadOnlyList<Repeat> Repeats)
{
    /// <summary>What its runs did not test.</summary>
    public IReadOnlyList<RepeatedWarning> Warnings { get; init; } = [];

    /// <summary>The runs that have figures: those that ran to their end, held or not.</summary>
    public IReadOnlyList<Repeat> Complete { get; } = [.. Repeats.Where(repeat => repeat.IsComplete)];
}
