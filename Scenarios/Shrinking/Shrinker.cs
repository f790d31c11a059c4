using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Makes a scenario that breaks a promise smaller, until nothing smaller does or time is up. The population goes first:
/// what few peers show is shown quickly, and all that follows is cheap. Then faults, seed nodes, workload and time, and
/// all of it again, because each makes room for the others.
/// </summary>
internal sealed class Shrinker(Trial trial, Search search, Action<string, Scenario> tell, CancellationToken stop)
{
    // Our choices: another size has other timings, and so needs more chances than one fault less.
    private const int SeedsForSizes = 6;
    private const int SeedsForFaults = 3;
    private const int SeedsForDetails = 2;

    private sealed record Pass(string Words, Func<Scenario, IEnumerable<Scenario>> Candidates, int RandomSeeds);

    private static readonly Pass[] passes =
    [
        new("fewer peers", PopulationReduction.Peers, SeedsForSizes),
        new("fewer faults", FaultRemoval.Candidates, SeedsForFaults),
        new("fewer seed nodes", PopulationReduction.SeedNodes, SeedsForSizes),
        new("less gossip", PopulationReduction.Workload, SeedsForDetails),
        new("shorter", TimeReduction.Candidates, SeedsForFaults),
        new("simpler faults", FaultSimplification.Candidates, SeedsForDetails),
    ];

    /// <summary>Whether nothing smaller was found, as opposed to no time left to look.</summary>
    public bool IsComplete { get; private set; }

    /// <param name="broken">A scenario that breaks the promise.</param>
    public Scenario Shrink(Scenario broken)
    {
        var current = NameTargets(broken);
        while (!search.IsOver)
        {
            var before = current;
            foreach (var pass in passes) current = Exhaust(pass, current);
            if (!ReferenceEquals(before, current)) continue;
            IsComplete = !search.IsOver;
            break;
        }

        return current;
    }

    private Scenario NameTargets(Scenario broken)
    {
        var plan = trial.PlanOf(broken);
        var strikes = trial.Run(broken, coverage: null, stop).Strikes;
        var named = search.First([new ExplicitTargets(plan).Of(broken, strikes)], SeedsForFaults);
        return named ?? broken;
    }

    private Scenario Exhaust(Pass pass, Scenario current)
    {
        while (search.First(pass.Candidates(current), pass.RandomSeeds) is { } smaller)
        {
            current = smaller;
            tell(pass.Words, current);
        }

        return current;
    }
}
