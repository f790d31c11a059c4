using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// What the explored scenario asks for and no run of it tested. Faults that explore draws do not count, nor does what
/// they prevent in some of the runs.
/// </summary>
internal sealed class IdleSettings(Scenario scenario)
{
    private readonly HashSet<string> own =
        [.. scenario.Faults.Select(fault => fault.Id), ScenarioWarnings.ChurnPath, ScenarioWarnings.PublishersPath];

    private IReadOnlyList<RunWarning>? ofAll;
    private int runs;

    public IReadOnlyList<RepeatedWarning> Warnings =>
    [
        .. (ofAll ?? []).Select(warning => new RepeatedWarning(warning.Kind, warning.Subject, warning.Message, runs)),
    ];

    public void Add(IReadOnlyList<RunWarning> ofRun)
    {
        runs++;
        var warnings = ScenarioWarnings.Added([.. ofRun.Where(warning => own.Contains(warning.Subject))], scenario);
        ofAll = ofAll is null
            ? warnings
            : [.. ofAll.IntersectBy(warnings.Select(warning => warning.Key), warning => warning.Key)];
    }
}
