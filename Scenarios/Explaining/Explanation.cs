using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>An answer: one reason of a closed list, in a sentence, and the events it rests on.</summary>
/// <typeparam name="TReason">The closed list.</typeparam>
/// <param name="Why">A sentence.</param>
/// <param name="Steps">In order of time.</param>
internal sealed record Explanation<TReason>(
    string Question, TReason Reason, string Why, IReadOnlyList<ExplainedStep> Steps)
    where TReason : struct, Enum;

/// <summary>One event that the answer rests on.</summary>
/// <param name="AtSeconds">Scenario time; what happened during formation is before 0.</param>
/// <param name="Seq">Its line in the event log; null for what no single event says.</param>
internal sealed record ExplainedStep(double AtSeconds, string Text, long? Seq);

/// <summary>Gathers the events of an answer, in words.</summary>
internal sealed class ExplainedSteps(RunHistory history)
{
    private readonly List<(Instant At, string Text, long? Seq)> steps = [];

    public void Add(Instant at, FormattableString text, long? seq = null) =>
        steps.Add((at, FormattableString.Invariant(text), seq));

    /// <summary>In order of time; of equal times, in the order of the log.</summary>
    public IReadOnlyList<ExplainedStep> ToList() =>
    [
        .. steps.OrderBy(step => step.At).ThenBy(step => step.Seq ?? long.MaxValue)
            .Select(step => new ExplainedStep(Math.Round(history.SecondsAt(step.At), 6), step.Text, step.Seq)),
    ];
}
