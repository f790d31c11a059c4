using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

internal enum OutputKind : byte
{
    Sent,
    Closed,
    TimerSet,
    Persisted,
    Reported,
}

/// <summary>One thing that a node did while it handled an input.</summary>
/// <param name="Input">The index of that input.</param>
/// <param name="About">To whom it sent, or whose link it closed.</param>
internal readonly record struct Output(
    OutputKind Kind, int Input, NodeAddress About = default, int Hops = 0, Message? Message = null,
    ProtocolTimer Timer = default, TimeSpan After = default, StableRecord? Record = null, ProtocolEvent Event = default)
{
    /// <summary>
    /// The output as text: two outputs are equal when their texts are, since arrays compare by their contents.
    /// </summary>
    public string Describe() => Kind switch
    {
        OutputKind.Sent => $"{Input} send {About} {Hops} {Json(Message!)}",
        OutputKind.Closed => $"{Input} close {About}",
        OutputKind.TimerSet => $"{Input} timer {Timer.Kind} {Timer.About} {Timer.Round} {After.Ticks}",
        OutputKind.Persisted => $"{Input} persist {Json(Record!)}",
        OutputKind.Reported => $"{Input} report {Event.Kind} {Event.About} {Event.Number} {Json(Event.Detail)}",
        _ => throw new InvalidOperationException($"no output {Kind}"),
    };

    private static string Json(object? value) =>
        value is null ? "-" : JsonSerializer.Serialize(value, value.GetType(), WireJson.Options);
}
