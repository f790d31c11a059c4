using System.Text;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Finds, among scenarios in order of preference, the first that breaks the same promise. All cores run ahead on what
/// comes next, but the first in order wins, so the result does not depend on how many they are.
/// </summary>
internal sealed class Search(Trial trial, string invariant, CancellationToken stop)
{
    /// <summary>What was tried and broke nothing, or something else; nothing is tried twice.</summary>
    private readonly HashSet<string> failed = [];

    /// <summary>Simulated runs that counted; those that ran ahead in vain do not.</summary>
    public int Runs { get; private set; }

    public bool IsOver => stop.IsCancellationRequested;

    /// <summary>The first that reproduces; null when none does, or time is up.</summary>
    /// <param name="candidates">Invalid ones are passed over.</param>
    /// <param name="randomSeeds">How many random seeds to try with each: other sizes mean other timings.</param>
    public Scenario? First(IEnumerable<Scenario> candidates, int randomSeeds)
    {
        using var attempts = Attempts(candidates, randomSeeds).GetEnumerator();
        var race = new Race(attempts, stop);
        var workers = new Task[Environment.ProcessorCount];
        for (var worker = 0; worker < workers.Length; worker++)
            workers[worker] = Task.Run(() => Work(race), CancellationToken.None);
        Task.WaitAll(workers, CancellationToken.None);
        Runs += race.Counted;
        failed.UnionWith(race.Failed);
        return race.Winner;
    }

    /// <summary>Whether a scenario breaks the promise, all others being ignored.</summary>
    public bool Reproduces(Scenario scenario, CancellationToken cancel)
    {
        var own = scenario.Protocol?.Chosen?.CreateInvariants().Select(each => each.Name) ?? [];
        string[] names = [.. InvariantSettings.Names, .. own];
        var result = trial.Run(scenario with { Invariants = Only(scenario, names) }, coverage: null, cancel);
        return !result.WasCancelled && result.Broken.Any(promise => promise.Invariant == invariant);
    }

    /// <summary>
    /// The run ends at the first breach of that promise and of no other: a waived one is counted and ends nothing.
    /// </summary>
    private InvariantSettings Only(Scenario scenario, IReadOnlyList<string> names) => scenario.Invariants with
    {
        OnViolation = ViolationReaction.Stop,
        Waived = names.Where(name => name != invariant)
            .ToDictionary(name => name, _ => "not what is looked for"),
    };

    private IEnumerable<Attempt> Attempts(IEnumerable<Scenario> candidates, int randomSeeds)
    {
        foreach (var candidate in candidates)
        {
            if (!IsValid(candidate)) continue;
            for (var other = 0; other < randomSeeds; other++)
            {
                var attempt = Attempt.Of(other == 0 ? candidate : candidate with { RandomSeed = other });
                if (!failed.Contains(attempt.Text)) yield return attempt;
            }
        }
    }

    /// <summary>What a loader would refuse is no smaller scenario.</summary>
    private static bool IsValid(Scenario scenario)
    {
        var tree = SourceReader.ReadFile(Encoding.UTF8.GetBytes(ScenarioJson.Write(scenario)), "candidate");
        return ContractChecker.Check(tree).Count == 0 && ScenarioRules.Check(scenario, tree).Count == 0;
    }

    private void Work(Race race)
    {
        while (race.TryTake(out var place, out var attempt, out var cancel))
        {
            using (cancel) race.Note(place, attempt, Reproduces(attempt.Scenario, cancel.Token));
        }
    }
}
