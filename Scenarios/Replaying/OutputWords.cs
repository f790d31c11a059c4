using System.Globalization;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// What a node did, for people who follow a run step by step: as recordings tell it, but for timers. When one is due is
/// the moment of the step and the time that is told here, in the same digits.
/// </summary>
internal static class OutputWords
{
    public static string Of(in Output output) => output.Kind == OutputKind.TimerSet
        ? string.Create(
            CultureInfo.InvariantCulture, $"{InputWords.Of(output.Timer)} in {output.After.TotalSeconds:F6} s")
        : output.Describe();
}
