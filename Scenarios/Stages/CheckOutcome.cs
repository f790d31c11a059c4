namespace GossipSim.Scenarios.Stages;

/// <param name="Number">From 1, through all stages.</param>
internal sealed record CheckOutcome(
    int Number, string Check, bool Passed, string Seen, string Expected, double Seconds);

internal sealed record StageOutcome(int Number, string Name, IReadOnlyList<CheckOutcome> Checks);

/// <summary>What a run of the suite came to.</summary>
/// <param name="Logs">The folder of <c>outputfile.txt</c> and <c>logs/</c>.</param>
internal sealed record SuiteOutcome(
    int Passed, int Of, double Seconds, string Logs, IReadOnlyList<StageOutcome> Stages)
{
    public bool AllPassed => Passed == Of;
}
