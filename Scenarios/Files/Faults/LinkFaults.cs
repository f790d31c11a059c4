using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>The network falls apart into groups that cannot reach each other.</summary>
internal sealed record ScheduledPartition : ScheduledFault
{
    [Description("The groups: each a list of selectors, at most one of them \"rest\", which is everybody else.")]
    [Length(2, 16)]
    public required IReadOnlyList<PartitionGroup> Groups { get; init; }

    [Description("After how long the network is whole again: another name for durationSeconds.")]
    [Range(0.001, LongestSeconds)]
    public double? HealAfterSeconds { get; init; }

    internal override double? LastsSeconds => DurationSeconds ?? HealAfterSeconds;
}

/// <summary>Nothing passes from some nodes to others.</summary>
internal sealed record ScheduledCut : ScheduledFault
{
    [Description("At one end of the links that are cut.")]
    public required NodeSelector From { get; init; }

    [Description("At the other end; {\"pick\": \"rest\"} is everybody else of that role.")]
    public required NodeSelector To { get; init; }

    [Description("Whether messages the other way still pass.")]
    public CutDirection Direction { get; init; } = CutDirection.BothWays;

    internal override NodeSelector? Struck => From;
}

internal enum CutDirection
{
    BothWays,
    OneWay,
}

/// <summary>What all links of some nodes suffer, or all links there are.</summary>
internal abstract record LinkFault : ScheduledFault
{
    [Description("The nodes all of whose links suffer. Default: every link.")]
    public NodeSelector? Target { get; init; }

    internal override NodeSelector? Struck => Target;
}

/// <summary>Links lose messages, which TCP turns into delay and, in the end, into broken links.</summary>
internal sealed record ScheduledLinkLoss : LinkFault
{
    [Description("Chance that a message must be sent again.")]
    [Range(0, 1)]
    public required double LossProbability { get; init; }
}

/// <summary>Messages take longer.</summary>
internal sealed record ScheduledLinkDelay : LinkFault
{
    /// <summary>Ten minutes: beyond any network, and far from the end of the clock.</summary>
    private const double LargestMs = 600_000;

    [Description("What every message takes longer, one way.")]
    [Range(0.001, LargestMs)]
    public required double AddLatencyMs { get; init; }
}

/// <summary>Links go down and up again and again.</summary>
internal sealed record ScheduledLinkFlap : LinkFault
{
    [Description("How long the links stay up each time.")]
    [Range(0.001, LongestSeconds)]
    public required double UpSeconds { get; init; }

    [Description("How long they stay down each time; they go down first.")]
    [Range(0.001, LongestSeconds)]
    public required double DownSeconds { get; init; }
}

/// <summary>Links carry less, so that messages queue.</summary>
internal sealed record ScheduledLinkBandwidth : LinkFault
{
    [Description("How many bytes a link carries in a second, in each direction.")]
    [Range(1, 1e12)]
    public required long BytesPerSecond { get; init; }
}

/// <summary>What befalls single messages by chance.</summary>
internal abstract record MessageFault : LinkFault
{
    [Description("The chance of each message.")]
    [Range(0, 1)]
    public required double Probability { get; init; }
}

/// <summary>Messages arrive damaged: the receiver closes the link.</summary>
internal sealed record ScheduledCorrupt : MessageFault;

/// <summary>Messages arrive twice, which TCP never lets happen: in the simulator only.</summary>
internal sealed record ScheduledDuplicate : MessageFault
{
    internal override bool IsSimulatorOnly => true;
}

/// <summary>Messages overtake each other, which TCP never lets happen: in the simulator only.</summary>
internal sealed record ScheduledReorder : MessageFault
{
    internal override bool IsSimulatorOnly => true;
}
