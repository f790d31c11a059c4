using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>An input in a few words, for people who follow a run step by step.</summary>
internal static class InputWords
{
    public static string Of(in Input input) => input.Kind switch
    {
        InputKind.Start => "starts",
        InputKind.Message => string.Create(
            CultureInfo.InvariantCulture, $"message {input.Name} from {input.From}{Hops(input.Hops)}"),
        InputKind.Timer => Of(input.Timer),
        InputKind.LinkDown => $"link down to {input.From}",
        _ => throw new InvalidOperationException($"no input {input.Kind}"),
    };

    public static string Of(in ProtocolTimer timer) =>
        string.Create(CultureInfo.InvariantCulture, $"timer {timer.Kind}{About(timer)}");

    private static string Hops(int hops) => hops > 1 ? $" after {hops} hops" : "";

    private static string About(in ProtocolTimer timer) => (timer.About.IsNone, timer.Round) switch
    {
        (true, 0) => "",
        (true, var round) => $" ({round})",
        (false, 0) => $" about {timer.About}",
        (false, var round) => $" about {timer.About} ({round})",
    };
}
