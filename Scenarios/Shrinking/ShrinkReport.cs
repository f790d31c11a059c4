using System.Globalization;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>How large a scenario is, in what shrinking makes smaller.</summary>
internal sealed record ScenarioSize(int Faults, int Peers, int SeedNodes, double Seconds)
{
    public static ScenarioSize Of(Scenario scenario) => new(
        scenario.Faults.Count, scenario.Peers.Count, scenario.SeedNodes.Count,
        Math.Round(scenario.Phases.TotalSeconds, 3));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Numbers.Plural(Faults, "fault")}, {Numbers.Plural(Peers, "peer")}, "
        + $"{Numbers.Plural(SeedNodes, "seed node")}, {Seconds:0.###} s");
}

/// <summary>What came of shrinking, as <c>--json</c> prints it.</summary>
/// <param name="Complete">Whether nothing smaller was found; false when time was up.</param>
internal sealed record ShrinkReport(
    string Scenario, string Invariant, ScenarioSize From, ScenarioSize To, long RandomSeed, int Runs,
    double WallSeconds, bool Complete, string File, string Repeat)
{
    public string InWords() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Invariant}: from {From} to {To}, in {Runs:N0} runs and {WallSeconds:F1} s"
        + $"{(Complete ? "; nothing smaller breaks it" : "; time was up (--seconds)")}\n{File}\n  {Repeat}");
}
