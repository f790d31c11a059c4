namespace GossipSim.Scenarios.Results;

/// <summary>The run in one line: everything held, or what did not.</summary>
internal sealed record RunVerdict(bool Good, string Headline, string Detail)
{
    public static RunVerdict Of(RunResult result)
    {
        var summary = result.Summary;
        var violated = summary.Invariants.Violated;
        var failed = summary.Expectations.Failed;
        var waived = summary.Invariants.Waived.Values.Count(breaches => breaches > 0);
        var held = $"{Numbers.Plural(summary.Invariants.Checked - violated.Count - waived, "invariant")} held, "
            + (waived == 0 ? "" : $"{Numbers.Count(waived)} waived and broken, ")
            + $"{Numbers.Plural(summary.Expectations.Met, "expectation")} met.{NotJudged(result)}";
        if (summary.Transport is { InternalErrors: > 0 and var errors })
        {
            var notes = string.Concat(result.Ending.InternalErrors.Select(note => $"\n  {note}"));
            return new RunVerdict(
                false, "Internal error",
                $"{Numbers.Plural(errors, "internal error")}: a bug of this program, and the figures prove nothing."
                + $" {held}{notes}");
        }

        var warnings = summary.Warnings.Count == 0 ? null : Numbers.Plural(summary.Warnings.Count, "warning");
        var isRepeatable = summary.Determinism is not { Equal: false };
        if (violated.Count + failed.Count > 0 || !isRepeatable)
        {
            var parts = new List<string>();
            if (violated.Count > 0) parts.Add($"violated: {string.Join(", ", violated)}");
            if (failed.Count > 0) parts.Add($"not met: {string.Join("; ", failed)}");
            if (!isRepeatable) parts.Add("two runs of the same differ");
            return new RunVerdict(false, "Failed", $"{Capital(string.Join("; ", parts))}. {held}");
        }

        if (result.Ending.Cancelled)
        {
            var what = result.Ending.EndedEarly ?? "The figures are those of the part that ran.";
            return new RunVerdict(false, "Cancelled", $"{what} {held}");
        }

        if (result.Ending.EndedEarly is { } why) return new RunVerdict(false, "Ended early", $"{why} {held}");
        if (!result.AllHeld)
            return new RunVerdict(false, "Failed", warnings is null ? held : $"{warnings}, with --strict. {held}");
        return new RunVerdict(true, warnings is null ? "All held" : $"All held, with {warnings}", held);
    }

    /// <summary>Promises that hold "when quiet" are judged after a quiet spell only; that is no promise kept.</summary>
    private static string NotJudged(RunResult result)
    {
        var count = result.Ending.Invariants.Count(invariant => !invariant.Judged);
        return count == 0
            ? ""
            : $" {Numbers.Plural(count, "invariant")} not judged: there was no quiet spell long enough.";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
