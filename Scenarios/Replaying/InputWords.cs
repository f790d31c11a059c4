using System.Globalization;
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
        InputKind.Timer => string.Create(CultureInfo.InvariantCulture, $"timer {input.Name}{About(input)}"),
        InputKind.LinkDown => $"link down to {input.From}",
        _ => throw new InvalidOperationException($"no input {input.Kind}"),
    };

    private static string Hops(int hops) => hops > 1 ? $" after {hops} hops" : "";

    private static string About(in Input input) => (input.Timer.About.IsNone, input.Timer.Round) switch
    {
        (true, 0) => "",
        (true, var round) => $" ({round})",
        (false, 0) => $" about {input.Timer.About}",
        (false, var round) => $" about {input.Timer.About} ({round})",
    };
}
