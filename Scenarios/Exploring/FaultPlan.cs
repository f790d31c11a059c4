using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>The drawn faults of one run, and how to draw them again.</summary>
/// <param name="Parents">
/// Random seeds: the first drew a plan, each further one changed it; empty when the run's own seed drew the plan.
/// </param>
internal sealed record FaultPlan(
    long RandomSeed, IReadOnlyList<long> Parents, IReadOnlyList<ScheduledFault> Faults)
{
    /// <summary>Our choice: commands that repeat a run stay short enough to be typed.</summary>
    private const int LongestLineage = 12;

    public bool CanBeParent => Parents.Count < LongestLineage;

    /// <summary>For the command that repeats the run; null when the random seed is enough.</summary>
    public string? ParentsInWords => Parents.Count == 0
        ? null
        : string.Join(',', Parents.Select(parent => parent.ToString(CultureInfo.InvariantCulture)));

    public static FaultPlan Draw(Scenario scenario, FaultBudget budget, long randomSeed) =>
        new(randomSeed, [], RandomFaults.Draw(scenario, budget, randomSeed));

    /// <summary>The plan of a run that is known by its random seed and by those of its ancestors.</summary>
    public static FaultPlan Of(Scenario scenario, FaultBudget budget, IReadOnlyList<long> parents, long randomSeed)
    {
        if (parents.Count == 0) return Draw(scenario, budget, randomSeed);
        var plan = Draw(scenario, budget, parents[0]);
        foreach (var parent in parents.Skip(1)) plan = plan.Child(scenario, budget, parent);
        return plan.Child(scenario, budget, randomSeed);
    }

    public FaultPlan Child(Scenario scenario, FaultBudget budget, long randomSeed) => new(
        randomSeed, [.. Parents, RandomSeed], RandomFaults.Mutate(scenario, budget, Faults, randomSeed));

    /// <summary>The scenario with the plan beside its own faults, to be simulated.</summary>
    public Scenario In(Scenario scenario) => scenario with
    {
        RandomSeed = RandomSeed, Runtime = RuntimeKind.Sim, Faults = [.. scenario.Faults, .. Faults],
    };
}
