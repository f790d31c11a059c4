using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>A shipped scenario, simulated and judged as the program does it, without a folder.</summary>
internal sealed class ShippedRun
{
    private ShippedRun(ScenarioTrial trial, Summary summary) => (Trial, Summary) = (trial, summary);

    public ScenarioTrial Trial { get; }

    public Summary Summary { get; }

    /// <summary>Everything that did not go as the file says; empty for exit code 0.</summary>
    public IEnumerable<string> Failures =>
        Trial.Violations.Concat(Summary.Expectations.Failed).Append($"ended as {Trial.Outcome}")
            .Where(line => line != $"ended as {RunOutcome.Completed}");

    public static string TextOf(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", name + ".json"));

    /// <param name="settings">What <c>--set</c> is given.</param>
    public static ShippedRun Of(string name, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        string[] simulated = ["runtime=sim", .. settings];
        var scenario = folder.Load(TextOf(name), simulated);
        var trial = ScenarioTrial.Of(TextOf(name), simulated);
        var ending = RecordedRun.Ending with
        {
            Invariants = trial.Watch!.Outcomes(), Expectations = scenario.Expectations,
        };
        return new ShippedRun(trial, RunResult.Conclude(trial.Measure(), ending).Summary);
    }
}
