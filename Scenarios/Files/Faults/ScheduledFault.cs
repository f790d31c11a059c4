using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// One thing that goes wrong: at a time, or after an event; once, or again and again; for good, or for a while. Times
/// count from the end of formation.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScheduledCrash), "crash")]
[JsonDerivedType(typeof(ScheduledRestart), "restart")]
[JsonDerivedType(typeof(ScheduledLeave), "leave")]
[JsonDerivedType(typeof(ScheduledJoin), "join")]
[JsonDerivedType(typeof(ScheduledPause), "pause")]
[JsonDerivedType(typeof(ScheduledSlowNode), "slowNode")]
[JsonDerivedType(typeof(ScheduledClockSkew), "clockSkew")]
[JsonDerivedType(typeof(ScheduledPartition), "partition")]
[JsonDerivedType(typeof(ScheduledCut), "cut")]
[JsonDerivedType(typeof(ScheduledLinkLoss), "linkLoss")]
[JsonDerivedType(typeof(ScheduledLinkDelay), "linkDelay")]
[JsonDerivedType(typeof(ScheduledLinkFlap), "linkFlap")]
[JsonDerivedType(typeof(ScheduledLinkBandwidth), "linkBandwidth")]
[JsonDerivedType(typeof(ScheduledCorrupt), "corrupt")]
[JsonDerivedType(typeof(ScheduledDuplicate), "duplicate")]
[JsonDerivedType(typeof(ScheduledReorder), "reorder")]
[JsonDerivedType(typeof(ScheduledByzantine), "byzantine")]
[JsonDerivedType(typeof(ScheduledSybil), "sybil")]
internal abstract record ScheduledFault
{
    public const double LongestSeconds = 2_000_000;

    [Description("A name for logs and for other faults to refer to. Default: its type and place in the list.")]
    [RegularExpression(Scenario.NamePattern, ErrorMessage = Scenario.NameWords)]
    public string Id { get; init; } = "";

    [Description("When it strikes, in seconds from the end of formation; with afterEvent, from when events count.")]
    [Range(0, LongestSeconds)]
    public double AtSeconds { get; init; }

    [Description("Strikes when something has happened, instead of at a time.")]
    public FaultTrigger? AfterEvent { get; init; }

    [Description("Strikes again after so many seconds, on targets chosen anew, until the measurement ends.")]
    [Range(0.001, LongestSeconds)]
    public double? EverySeconds { get; init; }

    [Description("How long it lasts; of a crash, after how long the processes start again. Default: for good.")]
    [Range(0.001, LongestSeconds)]
    public double? DurationSeconds { get; init; }

    [Description("Strikes that do nothing, or leave a node out; all others stay as they are. What a fork changes.")]
    [Length(1, 10_000)]
    public IReadOnlyList<SparedStrike>? Spares { get; init; }

    /// <summary>Whether it breaks TCP's promise that everything arrives once and in order.</summary>
    internal virtual bool IsSimulatorOnly => false;

    /// <summary>Whether it can be over at all.</summary>
    internal virtual bool CanEnd => true;

    /// <summary>How long it lasts; null when it does not end.</summary>
    internal virtual double? LastsSeconds => DurationSeconds;

    /// <summary>The nodes it strikes; null for what strikes the network as a whole.</summary>
    internal virtual NodeSelector? Struck => null;
}

/// <summary>What must have happened before a fault strikes.</summary>
internal sealed record FaultTrigger
{
    [Description("The event to wait for: a kind as events.jsonl has them, such as deathReported.")]
    public required EventKind Event { get; init; }

    [Description("How many such events it takes.")]
    [Range(1, 1_000_000_000)]
    public long Occurrence { get; init; } = 1;

    [Description("How long after the last of them the fault strikes.")]
    [Range(0, ScheduledFault.LongestSeconds)]
    public double DelaySeconds { get; init; }
}
