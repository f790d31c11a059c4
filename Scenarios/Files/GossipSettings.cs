using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>Who publishes what, how often, and how it is passed on.</summary>
internal sealed record GossipSettings
{
    [Description("How a message spreads.")]
    public GossipStrategy Strategy { get; init; } = GossipStrategy.Flood;

    [Description("Pause between two messages of a publisher.")]
    [Range(1, 86_400_000)]
    public int IntervalMs { get; init; } = 5000;

    [Description("A publisher stops after this many messages.")]
    [Range(0, 1_000_000)]
    public int MaxMessagesPerPeer { get; init; } = 10;

    [Description("Which peers publish.")]
    public PublisherSettings Publishers { get; init; } = new();

    [Description("Size of a message's text after its id, in bytes.")]
    [Range(0, 32_768)]
    public int PayloadBytes { get; init; } = 64;

    [Description("Whom a message is passed on to when it is first received.")]
    public ForwardTo ForwardTo { get; init; } = ForwardTo.AllExceptSender;

    [Description("How the text of a message's id is put together.")]
    public MessageIdFormat MessageIdFormat { get; init; } = MessageIdFormat.TimestampIpPortNumber;

    [Description("How fine the timestamps are in ids of messages and in reports.")]
    public Timestamps Timestamps { get; init; } = Timestamps.Milliseconds;
}

internal sealed record PublisherSettings
{
    [Description("How many peers publish. Default: all.")]
    [Range(0, 1_000_000)]
    public int Count { get; init; }

    [Description("How they are chosen.")]
    public PublisherPick Pick { get; init; } = PublisherPick.Random;
}

internal enum GossipStrategy
{
    Flood,
}

internal enum PublisherPick
{
    Random,
}

internal enum MessageIdFormat
{
    [JsonStringEnumMemberName("timestamp:ip:port:msgNumber")]
    TimestampIpPortNumber,

    [JsonStringEnumMemberName("timestamp:ip:msgNumber")]
    TimestampIpNumber,
}
