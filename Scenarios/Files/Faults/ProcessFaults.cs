using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Files;

/// <summary>What strikes single nodes.</summary>
internal abstract record NodeFault : ScheduledFault
{
    [Description("Which nodes it strikes; {\"fault\": \"id\"} names those that another fault struck.")]
    public required NodeSelector Target { get; init; }

    internal override NodeSelector? Struck => Target;
}

/// <summary>The process is gone at once, with all it had not written to its disk.</summary>
internal sealed record ScheduledCrash : NodeFault;

/// <summary>Crashed nodes start again, with what is left of their disks.</summary>
internal sealed record ScheduledRestart : NodeFault
{
    [Description("What they find on their disks: everything, all but the last unflushed write, or nothing.")]
    public DiskState Disk { get; init; } = DiskState.Kept;

    internal override bool CanEnd => false;
}

/// <summary>Peers say good-bye and stop.</summary>
internal sealed record ScheduledLeave : NodeFault
{
    internal override bool CanEnd => false;
}

/// <summary>Nodes stand still, as a long garbage collection or a stopped process does, and go on afterwards.</summary>
internal sealed record ScheduledPause : NodeFault;

/// <summary>Nodes that live and answer, but take their time with everything.</summary>
internal sealed record ScheduledSlowNode : NodeFault
{
    [Description("How long a node takes for each message or timer, in milliseconds.")]
    public required DistributionSettings ProcessingDelayMs { get; init; }
}

/// <summary>Nodes whose clock is wrong and runs at the wrong speed.</summary>
internal sealed record ScheduledClockSkew : NodeFault
{
    [Description("How far the clock is ahead (or with a minus sign behind).")]
    [Range(-86_400_000, 86_400_000)]
    public double OffsetMs { get; init; }

    [Description("How much too fast it runs, in parts per million; timers run out sooner.")]
    [Range(-500_000, 500_000)]
    public double DriftPpm { get; init; }
}

/// <summary>New peers start, one after another.</summary>
internal sealed record ScheduledJoin : ScheduledFault
{
    [Description("How many peers start.")]
    [Range(1, 1_000_000)]
    public required int Count { get; init; }

    [Description("How many of them start in a second. Default: all at once.")]
    [Range(0.001, 1_000_000)]
    public double? RatePerSecond { get; init; }

    internal override bool CanEnd => false;
}
