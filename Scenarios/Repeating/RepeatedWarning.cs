using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>A warning of one or more of several runs.</summary>
/// <param name="Message">Of the first run that has it.</param>
/// <param name="Runs">How many have it.</param>
internal sealed record RepeatedWarning(string Kind, string Subject, string Message, int Runs)
{
    /// <summary>In the order in which they first came.</summary>
    public static IReadOnlyList<RepeatedWarning> Of(IEnumerable<IReadOnlyList<RunWarning>> ofRuns) =>
    [
        .. ofRuns.SelectMany(warnings => warnings.DistinctBy(warning => warning.Key))
            .GroupBy(warning => warning.Key)
            .Select(same => new RepeatedWarning(
                same.Key.Kind, same.Key.Subject, same.First().Message, same.Count())),
    ];

    /// <param name="runs">How many runs there were.</param>
    public string InWords(int runs) =>
        $"Warning: in {Numbers.Count(Runs)} of {Numbers.Plural(runs, "run")}: {Message}.";
}
