using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Exploring;

/// <summary>Turns the scenario of a run that broke a promise into a file that breaks it again.</summary>
internal static class Reproduction
{
    /// <summary>As names of scenarios may be.</summary>
    private const int LongestName = 64;

    /// <summary>The metrics that its base expects are not what such a file is about.</summary>
    public static Scenario Of(Scenario scenario, string name, string invariant) => scenario with
    {
        Name = name.Length <= LongestName ? name : name[..LongestName],
        Description = $"A run of {scenario.Name} that breaks {invariant}.",
        Runtime = RuntimeKind.Sim,
        Reproduces = new ReproductionTarget { Invariant = invariant },
        Expectations = [],
        Outputs = scenario.Outputs with { CompareWithSimulation = false },
    };

    /// <summary>Whether a run of such a file showed what it is meant to show.</summary>
    public static string InWords(ReproductionTarget target, RunResult result)
    {
        var isShown = result.Violations.Any(violation => violation.Name == target.Invariant)
            || (target.Invariant == Trial.Formation && result.Summary.ExitCode == (int)ExitCode.Environment);
        return isShown
            ? $"Reproduced: {target.Invariant} is broken, as this file says."
            : $"Not reproduced: this run did not break {target.Invariant}, which this file is about.";
    }
}
