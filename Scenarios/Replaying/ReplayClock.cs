using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Replaying;

/// <summary>Moments of a replayed run as its user counts them: from the end of formation on.</summary>
internal sealed class ReplayClock(double? untilSeconds)
{
    /// <summary>Scenario time 0; null while the network forms.</summary>
    public Instant? ScenarioStart { get; set; }

    /// <summary>Whether a moment is later than the one asked for. Formation is before all of them.</summary>
    public bool IsPast(Instant moment) =>
        untilSeconds is { } until && ScenarioStart is { } start && (moment - start).TotalSeconds > until;

    public string InWords(Instant moment) => ScenarioStart is { } start && moment >= start
        ? string.Create(CultureInfo.InvariantCulture, $"{(moment - start).TotalSeconds:F6} s")
        : string.Create(CultureInfo.InvariantCulture, $"formation {moment.TotalSeconds:F6} s");
}
