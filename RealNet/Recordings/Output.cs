using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

public enum OutputKind : byte
{
    Sent,
    Closed,
    TimerSet,
    Persisted,
    Reported,
}

/// <summary>One thing that a node did while it handled an input.</summary>
/// <param name="About">To whom it sent, or whose link it closed.</param>
public readonly record struct Output(
    OutputKind Kind, NodeAddress About = default, int Hops = 0, Message? Message = null,
    ProtocolTimer Timer = default, TimeSpan After = default, StableRecord? Record = null, ProtocolEvent Event = default)
{
    /// <summary>What it holds beside plain values: a message, a record, or the detail of a report.</summary>
    public object? Content => (object?)Message ?? (object?)Record ?? Event.Detail;

    /// <summary>
    /// The output as text: two outputs are equal when their texts are, since arrays compare by their contents.
    /// </summary>
    public string Describe() => Kind switch
    {
        OutputKind.Sent => $"send {About} {Hops} {ContentText(Message!)}",
        OutputKind.Closed => $"close {About}",
        OutputKind.TimerSet => $"timer {Timer.Kind} {Timer.About} {Timer.Round} {After.Ticks}",
        OutputKind.Persisted => $"persist {ContentText(Record!)}",
        OutputKind.Reported => $"report {Event.Kind} {Event.About} {Event.Number} {ContentText(Event.Detail)}",
        _ => throw new InvalidOperationException($"no output {Kind}"),
    };

    /// <summary>A message, a record or a detail of a report as text, whatever arrays it holds.</summary>
    public static string ContentText(object? value) =>
        value is null ? "-" : JsonSerializer.Serialize(value, value.GetType(), WireJson.Options);
}
