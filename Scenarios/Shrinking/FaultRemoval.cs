using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Scenarios with fewer faults, as delta debugging tries them (Zeller and Hildebrandt, "Simplifying and Isolating
/// Failure-Inducing Input", IEEE TSE 28(2), 2002): none at all, then parts alone, then all but a part, in ever smaller
/// parts down to single faults.
/// </summary>
internal static class FaultRemoval
{
    public static IEnumerable<Scenario> Candidates(Scenario scenario)
    {
        var faults = scenario.Faults;
        if (faults.Count == 0) yield break;
        yield return scenario with { Faults = [] };
        for (var parts = 2; ; parts = Math.Min(2 * parts, faults.Count))
        {
            if (faults.Count == 1) yield break;
            if (parts > 2 || faults.Count > 2)
                foreach (var part in Parts(faults.Count, parts))
                    yield return Keeping(scenario, place => part.Contains(place));
            foreach (var part in Parts(faults.Count, parts))
                yield return Keeping(scenario, place => !part.Contains(place));
            if (parts == faults.Count) yield break;
        }
    }

    /// <summary>Places in the list, cut into parts of nearly equal length.</summary>
    private static IEnumerable<HashSet<int>> Parts(int count, int parts)
    {
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));
            if (to > from) yield return [.. Enumerable.Range(from, to - from)];
        }
    }

    /// <summary>What refers to a fault goes with it.</summary>
    private static Scenario Keeping(Scenario scenario, Func<int, bool> isKept)
    {
        var kept = scenario.Faults.Where((_, place) => isKept(place)).ToList();
        while (kept.RemoveAll(fault => !HasAllItNames(fault, kept)) > 0) { }
        return scenario with { Faults = [.. kept] };
    }

    private static bool HasAllItNames(ScheduledFault fault, List<ScheduledFault> kept) => FaultSelectors.Of(fault)
        .All(each => each.Selector.Fault is not { } named || kept.Any(other => other.Id == named));
}
