using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>One thing that goes wrong at a time of its own. Times count from the end of formation.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScheduledCrash), "crash")]
[JsonDerivedType(typeof(ScheduledRestart), "restart")]
[JsonDerivedType(typeof(ScheduledLeave), "leave")]
[JsonDerivedType(typeof(ScheduledPause), "pause")]
[JsonDerivedType(typeof(ScheduledPartition), "partition")]
[JsonDerivedType(typeof(ScheduledLinkLoss), "linkLoss")]
internal abstract record ScheduledFault
{
    public const double LongestSeconds = 2_000_000;

    [Description("A name for logs and for other faults to refer to. Default: its type and place in the list.")]
    [RegularExpression(Scenario.NamePattern, ErrorMessage = Scenario.NameWords)]
    public string Id { get; init; } = "";

    [Description("When it strikes, in seconds from the end of formation.")]
    [Range(0, LongestSeconds)]
    public required double AtSeconds { get; init; }

    /// <summary>When the last effect of it is taken back; null when nothing is.</summary>
    internal virtual double? EndsAtSeconds => null;

    /// <summary>The nodes it strikes; null for what strikes the network as a whole.</summary>
    internal virtual NodeSelector? Struck => null;
}

/// <summary>The process is gone at once, with all it had not written to its disk.</summary>
internal sealed record ScheduledCrash : ScheduledFault
{
    [Description("Which nodes crash.")]
    public required NodeSelector Target { get; init; }

    internal override NodeSelector? Struck => Target;
}

/// <summary>Crashed nodes start again, with what is left of their disks.</summary>
internal sealed record ScheduledRestart : ScheduledFault
{
    [Description("Which nodes start again; {\"fault\": \"id\"} names those that another fault struck.")]
    public required NodeSelector Target { get; init; }

    [Description("What they find on their disks: everything, all but the last unflushed write, or nothing.")]
    public DiskState Disk { get; init; } = DiskState.Kept;

    internal override NodeSelector? Struck => Target;
}

/// <summary>Peers say good-bye and stop.</summary>
internal sealed record ScheduledLeave : ScheduledFault
{
    [Description("Which peers leave.")]
    public required NodeSelector Target { get; init; }

    internal override NodeSelector? Struck => Target;
}

/// <summary>Nodes stand still, as a long garbage collection or a stopped process does, and go on afterwards.</summary>
internal sealed record ScheduledPause : ScheduledFault
{
    [Description("Which nodes stand still.")]
    public required NodeSelector Target { get; init; }

    [Description("For how long.")]
    [Range(0.001, LongestSeconds)]
    public required double DurationSeconds { get; init; }

    internal override double? EndsAtSeconds => AtSeconds + DurationSeconds;

    internal override NodeSelector? Struck => Target;
}

/// <summary>The network falls apart into groups that cannot reach each other.</summary>
internal sealed record ScheduledPartition : ScheduledFault
{
    [Description("The groups: each a list of selectors, at most one of them \"rest\", which is everybody else.")]
    [Length(2, 16)]
    public required IReadOnlyList<PartitionGroup> Groups { get; init; }

    [Description("After how long the network is whole again. Default: never.")]
    [Range(0.001, LongestSeconds)]
    public double? HealAfterSeconds { get; init; }

    internal override double? EndsAtSeconds => AtSeconds + HealAfterSeconds;
}

/// <summary>Links lose messages for a while, which TCP turns into delay and, in the end, into broken links.</summary>
internal sealed record ScheduledLinkLoss : ScheduledFault
{
    [Description("The nodes all of whose links lose messages. Default: all nodes.")]
    public NodeSelector? Target { get; init; }

    [Description("Chance that a message must be sent again.")]
    [Range(0, 1)]
    public required double LossProbability { get; init; }

    [Description("For how long. Default: to the end of the run.")]
    [Range(0.001, LongestSeconds)]
    public double? DurationSeconds { get; init; }

    internal override double? EndsAtSeconds => AtSeconds + DurationSeconds;

    internal override NodeSelector? Struck => Target;
}

internal enum DiskState
{
    Kept,
    Torn,
    Empty,
}
