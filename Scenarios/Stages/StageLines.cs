using System.Globalization;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Stages;

/// <summary>A line for each check. On a screen it is there, unfinished, while the check runs.</summary>
internal sealed class StageLines(TextWriter output, bool isScreen) : IStageProgress
{
    private const string Back = "\r\e[K";

    public void Begin(Stage stage) => output.WriteLine($"Stage {stage.Number}: {stage.Name}");

    public void Begin(int number, Check check)
    {
        if (!isScreen) return;
        output.Write($"  ....  {Padded(number)}  {check.What}");
        output.Flush();
    }

    public void End(CheckOutcome outcome)
    {
        var word = outcome.Passed ? "PASS" : "FAIL";
        var shown = isScreen ? $"{Back}  {(outcome.Passed ? "\e[32m" : "\e[31m")}{word}\e[0m" : $"  {word}";
        output.WriteLine(
            $"{shown}  {Padded(outcome.Number)}  {outcome.Check}: {VisibleText.Of(outcome.Seen)}"
            + $"  [expected: {outcome.Expected}]");
    }

    public void Conclude(SuiteOutcome outcome)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Logs: {outcome.Logs}  ({outcome.Seconds:F0} s)"));
        output.WriteLine($"{outcome.Passed} of {outcome.Of} passed");
    }

    private static string Padded(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(2);
}
