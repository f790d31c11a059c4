using System.Globalization;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Files;

/// <summary>What a valid scenario asks for and cannot test, as far as that is seen without running it.</summary>
internal static class ScenarioWarnings
{
    public const string PublishersPath = "gossip.publishers";

    public const string ChurnPath = "churn";

    public static IReadOnlyList<RunWarning> Of(Scenario scenario) =>
    [
        .. scenario.Faults.Select(fault => Of(fault, scenario)).OfType<RunWarning>(),
        .. Publishing(scenario), .. Trace(scenario),
    ];

    /// <summary>The same warnings after those of a run, without what the run says already.</summary>
    public static IReadOnlyList<RunWarning> Added(IReadOnlyList<RunWarning> ofRun, Scenario scenario) =>
        [.. ofRun, .. Of(scenario).ExceptBy(ofRun.Select(warning => warning.Key), warning => warning.Key)];

    public static RunWarning NothingPublished(string why) => new(
        WarningKind.NothingPublished, PublishersPath,
        $"nothing is published in the measured part ({why}): coverage and the promises about gossip say nothing");

    /// <summary>Null when the settings let somebody publish.</summary>
    public static string? WhyNothingIsPublished(Scenario scenario) => scenario.Gossip switch
    {
        { Publishers.Count: 0 } => $"{PublishersPath}.count is 0",
        { MaxMessagesPerPeer: 0 } => "gossip.maxMessagesPerPeer is 0",
        _ => null,
    };

    /// <summary>Seconds of the end of measurement: what comes later is not applied.</summary>
    public static double MeasuredUntil(Scenario scenario) =>
        scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds;

    /// <summary>A fault as warnings name it.</summary>
    public static string Named(ScheduledFault fault) => $"fault {fault.Id} ({FaultWords.WordOf(fault)})";

    private static RunWarning? Of(ScheduledFault fault, Scenario scenario)
    {
        var end = MeasuredUntil(scenario);
        if (scenario.Runtime == RuntimeKind.Tcp && fault.IsSimulatorOnly)
        {
            return Warning(
                WarningKind.FaultLeftOut,
                "is left out: TCP does not let it happen, the simulator can (--runtime sim)");
        }

        if (fault.AfterEvent is { } trigger && fault.AtSeconds + trigger.DelaySeconds > end)
        {
            return Warning(WarningKind.FaultNeverCame, string.Create(CultureInfo.InvariantCulture,
                $"can never come: with its delay it would strike after the end of measurement at {end} s"));
        }

        if (fault.Spares is { } spares && fault.EverySeconds is null && spares.Any(IsWholeFirstStrike))
            return Warning(WarningKind.FaultStruckNobody, "strikes nobody: its only strike is spared");
        if (FaultSelectors.Of(fault).Any(place => place.Path == "target" && place.Selector.Fraction == 0))
            return Warning(WarningKind.FaultStruckNobody, "strikes nobody: a fraction of 0 picks no node");
        if (WithoutEffect(fault) is { } value)
            return Warning(WarningKind.FaultWithoutEffect, $"has no effect: {value}");
        return null;

        RunWarning Warning(string kind, string what) => new(kind, fault.Id, $"{Named(fault)} {what}");
    }

    private static bool IsWholeFirstStrike(SparedStrike spared) => spared is { Strike: 1, Address: null };

    private static string? WithoutEffect(ScheduledFault fault) => fault switch
    {
        ScheduledLinkLoss { LossProbability: 0 } => "its lossProbability is 0",
        MessageFault { Probability: 0 } => "its probability is 0",
        ScheduledClockSkew { OffsetMs: 0, DriftPpm: 0 } => "its offsetMs and driftPpm are 0",
        ScheduledSlowNode { ProcessingDelayMs: ConstantSettings { Value: 0 } } => "its processingDelayMs is 0",
        _ => null,
    };

    private static IEnumerable<RunWarning> Publishing(Scenario scenario)
    {
        if (scenario.Protocol is null && WhyNothingIsPublished(scenario) is { } why) yield return NothingPublished(why);
    }

    private static IEnumerable<RunWarning> Trace(Scenario scenario)
    {
        if (scenario.Churn is not TraceChurn { Events: { Count: > 0 } events }) yield break;
        var end = MeasuredUntil(scenario);
        var late = events.Count(each => each.Seconds > end);
        if (late == events.Count)
        {
            yield return new RunWarning(WarningKind.ChurnDidNothing, ChurnPath, string.Create(
                CultureInfo.InvariantCulture,
                $"churn does nothing: all {late} events of its trace come after the end of measurement at {end} s"));
        }
        else if (late > 0)
        {
            yield return new RunWarning(WarningKind.TraceEventsSkipped, ChurnPath, string.Create(
                CultureInfo.InvariantCulture,
                $"{late} of {events.Count} events of the churn trace come after the end of measurement at {end} s"));
        }
    }
}
