namespace GossipSim.Scenarios.JUnit;

/// <summary>What a CI server shows of one thing that was judged.</summary>
internal enum JUnitOutcome
{
    Passed,

    /// <summary>It was judged, and is not as it should be.</summary>
    Failed,

    /// <summary>It could not be judged, as in a run that did not come to its end.</summary>
    Error,

    /// <summary>It was not judged, and need not be.</summary>
    Skipped,
}

/// <summary>One <c>testcase</c>.</summary>
/// <param name="Message">Why it did not pass; null where it did.</param>
internal sealed record JUnitCase(
    string Name, JUnitOutcome Outcome = JUnitOutcome.Passed, string? Message = null, double Seconds = 0)
{
    public static JUnitCase Failed(string name, string message) => new(name, JUnitOutcome.Failed, message);

    public static JUnitCase Error(string name, string message) => new(name, JUnitOutcome.Error, message);

    public static JUnitCase Skipped(string name, string message) => new(name, JUnitOutcome.Skipped, message);
}

/// <summary>One <c>testsuite</c>.</summary>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases, double Seconds = 0)
{
    public int Count(JUnitOutcome outcome) => Cases.Count(each => each.Outcome == outcome);
}
