using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Processes;

internal enum OrderKind : byte
{
    Start,
    Inject,
    Tell,
    CutOff,
    Weather,
    SlowDown,
    SkewClock,
    Stop,
}

/// <summary>What the network tells a node's process: one line of JSON on its standard input.</summary>
/// <param name="Disk">With Start: what the process finds.</param>
/// <param name="Kind">With Inject: the timer, with About and Round.</param>
/// <param name="Line">With Tell: a message, as on the wire.</param>
/// <param name="Unreached">With CutOff: to whom nothing passes from the node from now on.</param>
/// <param name="Unheard">With CutOff: from whom nothing passes to it.</param>
/// <param name="Delay">With SlowDown: what an input takes; nothing for full speed.</param>
internal sealed record Order(
    OrderKind Do, DiskAtRestart Disk = DiskAtRestart.Kept, TimerKind Kind = TimerKind.Own,
    NodeAddress About = default, long Round = 0, string? Line = null, NodeAddress[]? Unreached = null,
    NodeAddress[]? Unheard = null, NodeWeather? Weather = null, string? Delay = null, ClockError? Clock = null)
{
    public static Order Inject(ProtocolTimer timer) =>
        new(OrderKind.Inject, Kind: timer.Kind, About: timer.About, Round: timer.Round);

    public static Order Tell(Message message) => new(
        OrderKind.Tell, Line: JsonSerializer.Serialize(message, message.GetType(), WireJson.Options));

    /// <summary>With Tell: the message.</summary>
    public Message ToMessage() => MessageCodec.Decode(System.Text.Encoding.UTF8.GetBytes(Line!)).Message
        ?? throw new InvalidDataException($"no message: {Line}");

    public ProtocolTimer ToTimer() => new(Kind, About, Round);

    public string ToLine() => JsonSerializer.Serialize(this, WireJson.Options);

    /// <exception cref="JsonException">The line is no order.</exception>
    public static Order Read(string line) => JsonSerializer.Deserialize<Order>(line, WireJson.Options)!;
}
