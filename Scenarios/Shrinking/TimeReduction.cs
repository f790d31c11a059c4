using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>Scenarios that last shorter. Faults beyond the end come earlier, all in proportion.</summary>
internal static class TimeReduction
{
    /// <summary>Our choice: nobody reads a second's fraction of a run's length.</summary>
    private static readonly double[] rungs = [0.5, 1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200];

    public static IEnumerable<Scenario> Candidates(Scenario scenario)
    {
        var phases = scenario.Phases;
        if (phases.WarmupSeconds > 0)
            yield return Earlier(scenario with { Phases = phases with { WarmupSeconds = 0 } }, phases.WarmupSeconds);
        foreach (var measure in rungs.TakeWhile(rung => rung < phases.MeasureSeconds))
        {
            var shorter = scenario with { Phases = phases with { MeasureSeconds = measure } };
            yield return Ending(shorter);
            yield return Ending(Scaled(shorter, LastStrike(shorter) / LastStrike(scenario)));
        }

        if (phases.DrainSeconds > 0)
            yield return Ending(scenario with { Phases = phases with { DrainSeconds = 0 } });
        if (phases.DrainSeconds > 1)
            yield return Ending(scenario with { Phases = phases with { DrainSeconds = 1 } });
        if (scenario.Peers.JoinIntervalMs > 0)
            yield return scenario with { Peers = scenario.Peers with { JoinIntervalMs = 0 } };
    }

    private static double LastStrike(Scenario scenario) =>
        scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds;

    private static Scenario Earlier(Scenario scenario, double seconds) => scenario with
    {
        Faults =
        [
            .. scenario.Faults.Select(fault => fault with
            {
                AtSeconds = Rounded(Math.Max(0, fault.AtSeconds - seconds)),
            }),
        ],
    };

    private static Scenario Scaled(Scenario scenario, double ratio) => scenario with
    {
        Faults = [.. scenario.Faults.Select(fault => fault with { AtSeconds = Rounded(fault.AtSeconds * ratio) })],
    };

    /// <summary>What lasts longer than the run ends with it.</summary>
    private static Scenario Ending(Scenario scenario) => scenario with
    {
        Faults = [.. scenario.Faults.Select(fault => EndingBefore(fault, scenario.Phases.TotalSeconds))],
    };

    private static ScheduledFault EndingBefore(ScheduledFault fault, double end)
    {
        if (fault.LastsSeconds is not { } lasts || fault.AtSeconds + lasts <= end) return fault;
        var span = Rounded(end - fault.AtSeconds);
        return fault is ScheduledPartition { HealAfterSeconds: not null } partition
            ? partition with { HealAfterSeconds = span }
            : fault with { DurationSeconds = span };
    }

    /// <summary>To milliseconds, downwards: nothing shall move beyond the end by rounding.</summary>
    private static double Rounded(double seconds) => Math.Floor(seconds * 1000) / 1000;
}
