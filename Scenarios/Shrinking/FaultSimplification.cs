using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Scenarios of which one fault is simpler: struck once, earlier, for a shorter time, on fewer nodes, at a rounder
/// number. Each is smaller in one of these ways and larger in none, so simplifying comes to an end.
/// </summary>
internal static class FaultSimplification
{
    public static IEnumerable<Scenario> Candidates(Scenario scenario)
    {
        for (var place = 0; place < scenario.Faults.Count; place++)
            foreach (var simpler in Simpler(scenario.Faults[place]))
                yield return scenario with { Faults = With(scenario.Faults, place, simpler) };
        foreach (var restart in scenario.Faults.OfType<ScheduledRestart>())
            if (InOne(scenario, restart) is { } shorter) yield return shorter;
    }

    /// <summary>A crash and a later restart of the same nodes are one fault that lasts.</summary>
    private static Scenario? InOne(Scenario scenario, ScheduledRestart restart)
    {
        var crash = scenario.Faults.OfType<ScheduledCrash>().FirstOrDefault(crash =>
            crash.DurationSeconds is null && crash.AtSeconds <= restart.AtSeconds && AreSame(crash, restart));
        if (crash is null) return null;
        var down = Math.Round(restart.AtSeconds - crash.AtSeconds, 6);
        var lasting = crash with { DurationSeconds = Math.Max(0.001, down) };
        return scenario with
        {
            Faults =
            [
                .. scenario.Faults.Where(fault => fault != restart)
                    .Select(fault => fault == crash ? lasting : fault),
            ],
        };
    }

    private static bool AreSame(ScheduledCrash crash, ScheduledRestart restart) =>
        restart.Target.Fault == crash.Id || (crash.Target.Index is { } places && restart.Target.Index is { } others
            && crash.Target.Role == restart.Target.Role && places.SequenceEqual(others));

    private static List<ScheduledFault> With(
        IReadOnlyList<ScheduledFault> faults, int place, ScheduledFault simpler)
    {
        List<ScheduledFault> changed = [.. faults];
        changed[place] = simpler;
        return changed;
    }

    private static IEnumerable<ScheduledFault> Simpler(ScheduledFault fault)
    {
        if (fault.EverySeconds is not null) yield return fault with { EverySeconds = null };
        if (fault.AfterEvent is { } trigger)
        {
            yield return fault with { AfterEvent = null };
            if (trigger.Occurrence > 1) yield return fault with { AfterEvent = trigger with { Occurrence = 1 } };
            if (trigger.DelaySeconds > 0) yield return fault with { AfterEvent = trigger with { DelaySeconds = 0 } };
        }

        if (fault is ScheduledJoin or ScheduledSybil)
            foreach (var fewer in FewerNewcomers(fault)) yield return fewer;
        foreach (var fewer in FewerTargets(fault)) yield return fewer;
        if (fault is ScheduledCrash { DurationSeconds: not null }) yield return fault with { DurationSeconds = null };
        foreach (var at in Smaller(fault.AtSeconds)) yield return fault with { AtSeconds = at };
        if (fault.LastsSeconds is { } lasts)
            foreach (var span in Smaller(lasts)) yield return Lasting(fault, span);
        if (fault is ScheduledCut { Direction: CutDirection.OneWay } cut)
            yield return cut with { Direction = CutDirection.BothWays };
    }

    private static ScheduledFault Lasting(ScheduledFault fault, double span) =>
        fault is ScheduledPartition { HealAfterSeconds: not null } partition
            ? partition with { HealAfterSeconds = span }
            : fault with { DurationSeconds = span };

    private static IEnumerable<ScheduledFault> FewerNewcomers(ScheduledFault fault) => fault switch
    {
        ScheduledJoin { Count: > 1 } join => [join with { Count = 1 }, join with { Count = join.Count / 2 }],
        ScheduledSybil { Count: > 1 } sybil => [sybil with { Count = 1 }, sybil with { Count = sybil.Count / 2 }],
        _ => [],
    };

    /// <summary>Each list of places halved, or without one of a few.</summary>
    private static IEnumerable<ScheduledFault> FewerTargets(ScheduledFault fault)
    {
        var selectors = FaultSelectors.Of(fault).Select(each => each.Selector).ToList();
        for (var which = 0; which < selectors.Count; which++)
        {
            if (selectors[which].Index is { Count: > 1 } places)
                foreach (var fewer in Fewer(places))
                    yield return WithSelector(fault, which, selectors[which] with { Index = fewer });
            if (selectors[which].Count > 1)
                yield return WithSelector(fault, which, selectors[which] with { Count = selectors[which].Count / 2 });
        }

        if (fault is ScheduledPartition partition)
            foreach (var fewer in WithoutSelector(partition)) yield return fewer;
    }

    private static IEnumerable<IReadOnlyList<int>> Fewer(IReadOnlyList<int> places)
    {
        const int Few = 6;
        var half = (places.Count + 1) / 2;
        yield return [.. places.Take(half)];
        yield return [.. places.Skip(half)];
        if (places.Count is > Few or 2) yield break;
        for (var without = 0; without < places.Count; without++)
            yield return [.. places.Where((_, place) => place != without)];
    }

    private static ScheduledFault WithSelector(ScheduledFault fault, int which, NodeSelector selector)
    {
        var place = 0;
        return FaultSelectors.Replace(fault, each => place++ == which ? selector : each);
    }

    /// <summary>A side of a partition may name seed nodes and peers: perhaps one of them is enough.</summary>
    private static IEnumerable<ScheduledFault> WithoutSelector(ScheduledPartition partition)
    {
        for (var side = 0; side < partition.Groups.Count; side++)
        {
            if (partition.Groups[side].Selectors is not { Count: > 1 } selectors) continue;
            for (var without = 0; without < selectors.Count; without++)
            {
                PartitionGroup[] groups = [.. partition.Groups];
                groups[side] = PartitionGroup.Of([.. selectors.Where((_, place) => place != without)]);
                yield return partition with { Groups = groups };
            }
        }
    }

    /// <summary>Smaller numbers: nothing, half, and with fewer digits.</summary>
    private static IEnumerable<double> Smaller(double value)
    {
        double[] smaller = [0, Math.Floor(value / 2), Math.Floor(value), Math.Floor(value * 10) / 10];
        return smaller.Where(each => each < value).Distinct();
    }
}
