using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>The drawn variation and faults of one run, and how to draw them again.</summary>
/// <param name="Base">The scenario as it was varied for the first plan of the line, without drawn faults.</param>
/// <param name="Parents">
/// Random seeds: the first drew a plan, each further one changed it; empty when the run's own seed drew the plan.
/// </param>
internal sealed record FaultPlan(
    Scenario Base, FaultBudget Budget, long RandomSeed, IReadOnlyList<long> Parents,
    IReadOnlyList<ScheduledFault> Faults)
{
    /// <summary>Our choice: commands that repeat a run stay short enough to be typed.</summary>
    private const int LongestLineage = 12;

    public bool CanBeParent => Parents.Count < LongestLineage;

    /// <summary>For the command that repeats the run; null when the random seed is enough.</summary>
    public string? ParentsInWords => Parents.Count == 0
        ? null
        : string.Join(',', Parents.Select(parent => parent.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A plan for a scenario that is varied already, or not at all.</summary>
    public static FaultPlan Draw(Scenario scenario, FaultBudget budget, long randomSeed) =>
        new(scenario, budget, randomSeed, [], RandomFaults.Draw(scenario, budget, randomSeed));

    /// <summary>The plan of a run that is known by its random seed and by those of its ancestors.</summary>
    /// <param name="draw">How the first of the line was drawn.</param>
    public static FaultPlan Of(Func<long, FaultPlan> draw, IReadOnlyList<long> parents, long randomSeed)
    {
        if (parents.Count == 0) return draw(randomSeed);
        var plan = draw(parents[0]);
        foreach (var parent in parents.Skip(1)) plan = plan.Child(parent);
        return plan.Child(randomSeed);
    }

    public FaultPlan Child(long randomSeed) => this with
    {
        RandomSeed = randomSeed, Parents = [.. Parents, RandomSeed],
        Faults = RandomFaults.Mutate(Base, Budget, Faults, randomSeed),
    };

    /// <summary>The scenario with the plan beside its own faults, to be simulated.</summary>
    public Scenario ToSimulate() => Base with
    {
        RandomSeed = RandomSeed, Runtime = RuntimeKind.Sim, Faults = [.. Base.Faults, .. Faults],
    };
}
