using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Processes;

internal enum OrderKind : byte
{
    Start,
    Inject,
    Stop,
}

/// <summary>What the network tells a node's process: one line of JSON on its standard input.</summary>
/// <param name="Disk">With Start: what the process finds.</param>
/// <param name="Kind">With Inject: the timer, with About and Round.</param>
internal sealed record Order(
    OrderKind Do, DiskAtRestart Disk = DiskAtRestart.Kept, TimerKind Kind = TimerKind.Own,
    NodeAddress About = default, long Round = 0)
{
    public static Order Inject(ProtocolTimer timer) =>
        new(OrderKind.Inject, Kind: timer.Kind, About: timer.About, Round: timer.Round);

    public ProtocolTimer ToTimer() => new(Kind, About, Round);

    public string ToLine() => JsonSerializer.Serialize(this, WireJson.Options);

    /// <exception cref="JsonException">The line is no order.</exception>
    public static Order Read(string line) => JsonSerializer.Deserialize<Order>(line, WireJson.Options)!;
}
