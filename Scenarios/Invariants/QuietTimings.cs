namespace GossipSim.Scenarios.Invariants;

/// <summary>By what the checkers measure patience, from the scenario's own timings.</summary>
/// <param name="Quiet">How long nothing may happen before everything that is promised "when quiet" is judged.</param>
/// <param name="GossipPatience">How old a message must be to be judged.</param>
internal sealed record QuietTimings(TimeSpan Quiet, TimeSpan GossipPatience)
{
    /// <summary>How long a dead process may be listed where no neighbor is left to report it.</summary>
    public TimeSpan RemovalPatience { get; init; }

    /// <summary>
    /// Quiet: three times the longest of sync, detection and vote (DESIGN section 5). Removal: long enough for the seed
    /// node that watches over members without neighbors: three refresh intervals, its own tick, and a removal.
    /// </summary>
    public static QuietTimings Of(TimeSpan sync, TimeSpan detection, TimeSpan vote, TimeSpan refresh)
    {
        var longest = Longest(sync, Longest(detection, vote));
        return new QuietTimings(3 * longest, 2 * detection) { RemovalPatience = (4 * refresh) + detection };
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
